package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.transport.IdleStrategies;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.status.AtomicCounter;

/** Runs a chain and the load client in one thread. */
final class ChainSubject implements Subject {
    private static final String ROLE = "chain";

    private final Chain chain;
    private final AgentRunner runner;
    private volatile Throwable failure;

    ChainSubject(final Chain chain, final LoadClient load, final String idleStrategy) {
        this.chain = chain;
        runner = new AgentRunner(
                IdleStrategies.of(idleStrategy),
                error -> failure = error,
                (AtomicCounter) null,
                new Loop(chain, load));
        AgentRunner.startOnThread(runner);
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
        runner.close();
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
