package io.lockstep.node.agent;

import io.lockstep.node.adapter.Outflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * One thread and the agents it runs in turn. Agents are made on the thread itself, since what they own belongs to it.
 * An agent that throws is taken out and closed, and the failure is reported once; the others go on.
 */
public final class AgentThread implements AutoCloseable {
    private static final long TASK_TIMEOUT_S = 30;
    private static final int MAX_PENDING = 64;

    private final AgentRunner runner;
    private final Turns turns;

    /**
     * Starts a thread without agents.
     *
     * @param name of the thread
     * @param idleStrategy while no agent has work
     * @param failures told of each agent that threw, on this thread
     */
    public AgentThread(final String name, final IdleStrategy idleStrategy, final AgentFailures failures) {
        turns = new Turns(name, failures);
        runner = new AgentRunner(
                idleStrategy, error -> failures.onFailure(name, error), (AtomicCounter) null, turns);
        AgentRunner.startOnThread(runner);
    }

    /**
     * Makes an agent on the thread and runs it from then on.
     *
     * @param builder called on the thread
     * @return the agent
     * @throws IllegalStateException if the builder or the agent's start throws, with that as its cause
     */
    public <T extends Agent> T add(final Supplier<T> builder) {
        return onThread(() -> {
            final T agent = builder.get();
            agent.onStart();
            turns.agents.add(agent);
            return agent;
        });
    }

    /**
     * Makes the driver that the thread runs, before any other agent of it.
     *
     * @param invoker of the driver; nobody else calls it
     * @return what agents of the thread tell of what they send
     * @throws IllegalStateException if the thread has agents already
     */
    public Outflow addDriver(final AgentInvoker invoker) {
        return onThread(() -> {
            if (!turns.agents.isEmpty()) {
                throw new IllegalStateException("the driver comes before the agents that use it");
            }
            turns.driver = new InvokedDriver(invoker);
            turns.agents.add(turns.driver);
            return turns.driver;
        });
    }

    /**
     * Closes agents on the thread, the last added first; the thread goes on with the others.
     *
     * @param keep how many of the first stay
     */
    public void closeAgents(final int keep) {
        onThread(() -> {
            turns.closeAgents(keep);
            return null;
        });
    }

    private <T> T onThread(final Supplier<T> task) {
        final CompletableFuture<T> done = new CompletableFuture<>();
        turns.pending.add(() -> {
            try {
                done.complete(task.get());
            } catch (final RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            return done.get(TASK_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final ExecutionException e) {
            final Throwable cause = e.getCause();
            throw new IllegalStateException(turns.name + " could not go on: " + cause.getMessage(), cause);
        } catch (final TimeoutException e) {
            throw new IllegalStateException(turns.name + " did not answer within " + TASK_TIMEOUT_S + " s", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(turns.name + " was interrupted", e);
        }
    }

    /** Ends the thread; closes its agents, the last added first. */
    @Override
    public void close() {
        runner.close();
    }

    /** The agents of one thread, as one agent. */
    private static final class Turns implements Agent {
        private final OneToOneConcurrentArrayQueue<Runnable> pending = new OneToOneConcurrentArrayQueue<>(MAX_PENDING);
        private final List<Agent> agents = new ArrayList<>();
        private final String name;
        private final AgentFailures failures;
        private InvokedDriver driver;

        Turns(final String name, final AgentFailures failures) {
            this.name = name;
            this.failures = failures;
        }

        @Override
        public int doWork() {
            int work = 0;
            for (int i = 0; i < agents.size(); i++) {
                work += turn(i);
                // After the last agent the driver is next anyway.
                if (driver != null && driver.isWanted() && i + 1 < agents.size()) {
                    work += turn(0);
                }
            }
            final Runnable next = pending.poll();
            if (next != null) {
                next.run();
                work++;
            }
            return work;
        }

        @Override
        public void onClose() {
            closeAgents(0);
        }

        void closeAgents(final int keep) {
            while (agents.size() > keep) {
                final Agent last = agents.remove(agents.size() - 1);
                CloseHelper.close(error -> failures.onFailure(last.roleName(), error), last::onClose);
            }
        }

        @Override
        public String roleName() {
            return name;
        }

        private int turn(final int index) {
            final Agent agent = agents.get(index);
            try {
                return agent.doWork();
            } catch (final Exception e) {
                agents.remove(index);
                driver = agent.equals(driver) ? null : driver;
                failures.onFailure(agent.roleName(), e);
                CloseHelper.close(error -> failures.onFailure(agent.roleName(), error), agent::onClose);
                return 1;
            }
        }
    }
}
