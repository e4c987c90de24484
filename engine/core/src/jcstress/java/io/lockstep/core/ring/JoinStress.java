package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The join of a diamond waits for both sides. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "The join came too early.")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "The join came after both.")
@Outcome(expect = FORBIDDEN, desc = "The join did not wait, or a side saw what the join wrote.")
@State
public class JoinStress {
    private final EntryRing ring = RingActors.ring();
    private final RingConsumer left = ring.consumer();
    private final RingConsumer right = ring.consumer();
    private final RingConsumer join = ring.consumer(left, right);

    public JoinStress() {
        RingActors.publish(ring, 1);
    }

    @Actor
    public void sides(final III_Result r) {
        r.r1 = RingActors.drain(left);
        r.r2 = RingActors.drain(right);
    }

    /** Changes the entry: a side that is still to read it would see that. */
    @Actor
    public void join(final III_Result r) {
        r.r3 = RingActors.drainAndStamp(join, RingActors.STAMP);
    }
}
