package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchPlanTest {
    private static final List<LoadSpec> LOADS = List.of(LoadSpec.constant(10), LoadSpec.constant(20));

    @Test
    void everyLoadEveryLengthAndEveryLossHasAPlace() {
        final BenchPlan plan =
                new BenchPlan(LOADS, List.of(64, 256), List.of(0.0, 0.1, 5.0), BenchPlan.UNDER_LOSS);

        assertEquals(
                List.of(
                        "constant:10 64 B",
                        "constant:20 64 B",
                        "constant:10 256 B",
                        "constant:10 64 B, 0.1 % loss",
                        "constant:10 64 B, 5 % loss"),
                plan.cells().stream().map(Cell::toString).toList());
    }

    @Test
    void onlyThoseThatTakeLossAreRunUnderIt() {
        final BenchPlan plan = new BenchPlan(LOADS, List.of(64), List.of(1.0), Subjects.names());
        final Cell lossy = plan.cells().get(2);

        assertTrue(plan.has(lossy, "lockstep-quorum-3"));
        assertTrue(plan.has(lossy, Subjects.CHAIN));
        assertFalse(plan.has(lossy, "cluster-3"));
        assertFalse(plan.has(lossy, "nio"));
        assertTrue(plan.has(plan.cells().get(0), "cluster-3"));
    }

    @Test
    void aLossThatNobodyTakesOrThatIsNoneIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new BenchPlan(LOADS, List.of(64), List.of(1.0), List.of("nio")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new BenchPlan(LOADS, List.of(64), List.of(51.0), BenchPlan.UNDER_LOSS));
    }

    @Test
    void aFullRunHasEveryLoad() {
        final List<LoadSpec.Kind> kinds =
                BenchPlan.LOADS.stream().map(load -> LoadSpec.parse(load).kind()).distinct().toList();

        assertEquals(List.of(LoadSpec.Kind.values()), kinds);
    }
}
