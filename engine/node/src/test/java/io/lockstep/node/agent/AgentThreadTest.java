package io.lockstep.node.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.node.adapter.Outflow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentThreadTest {
    private static final int TURNS = 20;

    private final AtomicReference<String> failed = new AtomicReference<>();
    private final CountDownLatch failure = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<String> turns = new ArrayList<>();
    private final AgentThread thread =
            new AgentThread("agent-thread-test", new YieldingIdleStrategy(), (role, error) -> {
                failed.set(role);
                failure.countDown();
            });

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void theDriverHasATurnAfterWhoeverSentAndNotAfterWhoeverOnlyReceived() throws InterruptedException {
        final Outflow outflow = thread.addDriver(driver());
        thread.add(() -> new Noting("sends", outflow));
        thread.add(() -> new Noting("receives", Outflow.ELSEWHERE));
        thread.add(() -> new Noting("sends last", outflow));

        assertTrue(enough.await(20, TimeUnit.SECONDS));
        thread.close();

        final int last = turns.lastIndexOf("sends last");
        assertEquals(
                List.of("driver", "sends", "driver", "receives", "sends last"), turns.subList(last - 4, last + 1));
    }

    @Test
    void aDriverComesBeforeTheAgentsThatUseIt() {
        thread.add(() -> new Noting("agent", Outflow.ELSEWHERE));

        assertThrows(IllegalStateException.class, () -> thread.addDriver(driver()));
    }

    @Test
    void anAgentThatThrowsIsTakenOutAndTheOthersGoOn() throws InterruptedException {
        thread.add(() -> new Agent() {
            @Override
            public int doWork() {
                throw new IllegalStateException("broken on purpose");
            }

            @Override
            public String roleName() {
                return "broken";
            }
        });
        assertTrue(failure.await(20, TimeUnit.SECONDS));
        thread.add(() -> new Noting("sends last", Outflow.ELSEWHERE));

        assertTrue(enough.await(20, TimeUnit.SECONDS));
        assertEquals("broken", failed.get());
    }

    private AgentInvoker driver() {
        final AgentInvoker invoker = new AgentInvoker(
                error -> failed.set("driver"), (AtomicCounter) null, new Noting("driver", Outflow.ELSEWHERE));
        invoker.start();
        return invoker;
    }

    /** Notes its turns and puts something out in each. */
    private final class Noting implements Agent {
        private final String name;
        private final Outflow outflow;
        private boolean isStarted;

        Noting(final String name, final Outflow outflow) {
            this.name = name;
            this.outflow = outflow;
        }

        @Override
        public int doWork() {
            if (!isStarted && "sends last".equals(name)) {
                turns.clear(); // What the others did before the last of them was there, on a busy machine a lot.
            }
            isStarted = true;
            if (turns.size() < 10 * TURNS) {
                turns.add(name);
            }
            if (turns.size() >= TURNS && "sends last".equals(name)) {
                enough.countDown();
            }
            outflow.onOffered();
            return 0;
        }

        @Override
        public String roleName() {
            return name;
        }
    }
}
