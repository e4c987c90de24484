package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.transport.IdleStrategies;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Runs a chain and the load client in one thread; if told to, beside another thread that has nothing to do and looks
 * for it as eagerly, so that the chain has as many threads at work as Lockstep.
 */
final class ChainSubject implements Subject {
    private static final String ROLE = "chain";

    private final Chain chain;
    private final AgentRunner runner;
    private final AgentRunner neighbour;
    private volatile Throwable failure;

    ChainSubject(
            final Chain chain, final LoadClient load, final String idleStrategy, final boolean hasNeighbour) {
        this.chain = chain;
        neighbour = hasNeighbour ? start(new Neighbour(), idleStrategy) : null;
        runner = start(new Loop(chain, load), idleStrategy);
    }

    private AgentRunner start(final Agent agent, final String idleStrategy) {
        final AgentRunner started = new AgentRunner(
                IdleStrategies.of(idleStrategy), error -> failure = error, (AtomicCounter) null, agent);
        AgentRunner.startOnThread(started);
        return started;
    }

    @Override
    public Throwable failure() {
        return failure;
    }

    @Override
    public boolean isHot(final String threadName) {
        return ROLE.equals(threadName);
    }

    @Override
    public long droppedDatagrams() {
        return chain.droppedDatagrams();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(runner, neighbour);
    }

    private record Neighbour() implements Agent {
        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public String roleName() {
            return "neighbour";
        }
    }

    private record Loop(Chain chain, LoadClient load) implements Agent {
        @Override
        public int doWork() {
            final int work = chain.doWork(load);
            return chain.isReady() ? work + load.send(System.nanoTime(), chain) : work;
        }

        @Override
        public String roleName() {
            return ROLE;
        }

        @Override
        public void onClose() {
            chain.close();
        }
    }
}
