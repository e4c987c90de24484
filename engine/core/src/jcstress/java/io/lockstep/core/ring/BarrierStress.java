package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A consumer behind another sees only what that one has finished with, and what it wrote into it. */
@JCStressTest
@Outcome(id = "1234, 0, 5678", expect = ACCEPTABLE, desc = "Came too early.")
@Outcome(id = "1234, 567, 8", expect = ACCEPTABLE, desc = "Saw the progress told within the drain.")
@Outcome(id = "1234, 5678, 0", expect = ACCEPTABLE, desc = "Came after.")
@Outcome(expect = FORBIDDEN, desc = "Overtaken, torn, or the stamp not seen.")
@State
public class BarrierStress {
    private static final int ADDED = 4;

    private final EntryRing ring = RingActors.ring();
    private final RingConsumer logic = ring.consumer();
    private final RingConsumer hash = ring.consumer(logic);

    public BarrierStress() {
        for (int value = 1; value <= 4; value++) {
            RingActors.publish(ring, value);
        }
    }

    @Actor
    public void logic(final III_Result r) {
        r.r1 = RingActors.drainAndStamp(logic, ADDED);
    }

    @Actor
    public void hash(final III_Result r) {
        r.r2 = RingActors.drain(hash);
    }

    @Arbiter
    public void rest(final III_Result r) {
        r.r3 = RingActors.drain(hash);
    }
}
