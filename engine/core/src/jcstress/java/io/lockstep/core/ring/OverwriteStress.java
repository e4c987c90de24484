package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The producer meets a full ring: it takes nothing, or writes over (behind padding) what has been read to the end. */
@JCStressTest
@Outcome(id = "0, 12345, 0", expect = ACCEPTABLE, desc = "Full; the producer took nothing.")
@Outcome(id = "1, 12345, 6", expect = ACCEPTABLE, desc = "Room found; not seen by the same drain.")
@Outcome(expect = FORBIDDEN, desc = "An entry overwritten before it was read, or lost.")
@State
public class OverwriteStress {
    private final EntryRing ring = RingActors.ring();
    private final RingConsumer consumer = ring.consumer();

    public OverwriteStress() {
        for (int value = 1; value <= 5; value++) {
            RingActors.publish(ring, value);
        }
    }

    @Actor
    public void producer(final III_Result r) {
        r.r1 = RingActors.publish(ring, 6) ? 1 : 0;
    }

    @Actor
    public void consumer(final III_Result r) {
        r.r2 = RingActors.drain(consumer);
    }

    @Arbiter
    public void rest(final III_Result r) {
        r.r3 = RingActors.drain(consumer);
    }
}
