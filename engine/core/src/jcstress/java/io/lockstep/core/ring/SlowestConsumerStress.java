package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The producer remembers the slowest consumer's position; it never writes over what a consumer has still to read, while
 * another, farther ahead, has left room.
 */
@JCStressTest
@Outcome(id = "1, 2345, 6", expect = ACCEPTABLE, desc = "The entry that both had read was written over.")
@Outcome(id = "2, 2345, 67", expect = ACCEPTABLE, desc = "One more, once the slow one had told its progress.")
@Outcome(expect = FORBIDDEN, desc = "An entry overwritten before both had read it, or lost.")
@State
public class SlowestConsumerStress {
    private final EntryRing ring = RingActors.ring();
    private final RingConsumer fast = ring.consumer();
    private final RingConsumer slow = ring.consumer();

    public SlowestConsumerStress() {
        for (int value = 1; value <= 5; value++) {
            RingActors.publish(ring, value);
        }
        RingActors.drain(fast);
        slow.drain((buffer, offset, length, position) -> true, 1);
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = (RingActors.publish(ring, 6) ? 1 : 0) + (RingActors.publish(ring, 7) ? 1 : 0);
    }

    @Actor
    public void slow(final III_Result r) {
        r.r2 = RingActors.drain(slow);
    }

    @Arbiter
    public void rest(final III_Result r) {
        r.r3 = RingActors.drain(slow);
    }
}
