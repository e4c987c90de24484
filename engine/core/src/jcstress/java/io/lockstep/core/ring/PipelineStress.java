package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Producer, consumer and a consumer behind that one, all at once. Runs on three cores or more only. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing published yet.")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The first consumer only, one entry.")
@Outcome(id = "12, 0", expect = ACCEPTABLE, desc = "The first consumer only, both entries.")
@Outcome(id = "1, 5", expect = ACCEPTABLE, desc = "Both; the second sees the stamp.")
@Outcome(id = "12, 56", expect = ACCEPTABLE, desc = "Both, both entries.")
@Outcome(expect = FORBIDDEN, desc = "Overtaken, torn, or the stamp not seen.")
@State
public class PipelineStress {
    private static final int ADDED = 4;

    private final EntryRing ring = RingActors.ring();
    private final RingConsumer logic = ring.consumer();
    private final RingConsumer hash = ring.consumer(logic);

    @Actor
    public void producer() {
        RingActors.publish(ring, 1);
        RingActors.publish(ring, 2);
    }

    @Actor
    public void logic(final II_Result r) {
        r.r1 = RingActors.drainAndStamp(logic, ADDED);
    }

    @Actor
    public void hash(final II_Result r) {
        r.r2 = RingActors.drain(hash);
    }
}
