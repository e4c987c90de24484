package io.lockstep.core.ring;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What is published is seen whole and in order; what is committed together is seen together. */
@JCStressTest
@Outcome(id = "0, 123", expect = ACCEPTABLE, desc = "Nothing seen yet.")
@Outcome(id = "1, 23", expect = ACCEPTABLE, desc = "The first entry seen.")
@Outcome(id = "123, 0", expect = ACCEPTABLE, desc = "The batch of two seen as well.")
@Outcome(expect = FORBIDDEN, desc = "An entry torn, lost, doubled, or half a batch.")
@State
public class PublishStress {
    private final EntryRing ring = RingActors.ring();
    private final RingConsumer consumer = ring.consumer();

    @Actor
    public void producer() {
        RingActors.publish(ring, 1);
        RingActors.claim(ring, 2);
        RingActors.claim(ring, 3);
        ring.commit();
    }

    @Actor
    public void consumer(final II_Result r) {
        r.r1 = RingActors.drain(consumer);
    }

    @Arbiter
    public void rest(final II_Result r) {
        r.r2 = RingActors.drain(consumer);
    }
}
