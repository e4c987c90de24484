package io.lockstep.benchmarks.path;

import io.lockstep.benchmarks.path.subject.Subjects;
import java.util.ArrayList;
import java.util.List;

/** What a run of the benchmarks measures, and of whom. */
final class BenchPlan {
    /** What loads are put on if nothing else is said: all loads, and recorded ones where there is a record. */
    static final List<String> LOADS = List.of(
            "constant:10000",
            "constant:50000",
            "constant:100000",
            "bursts:422x500",
            "recorded:1",
            "recorded:10",
            "recorded:100");

    /** The same for a quick run. */
    static final List<String> QUICK_LOADS = List.of("constant:10000", "constant:50000", "bursts:422x500");

    /** Who is run under loss if nobody is named: released at sight, by a quorum, and the floor. */
    static final List<String> UNDER_LOSS = List.of(Subjects.CHAIN, "lockstep-sight", "lockstep-quorum-3");

    private final List<Cell> cells = new ArrayList<>();
    private final List<String> underLoss;

    /**
     * Every load at the first length, the other lengths at the first load, and then the losses at both firsts.
     *
     * @param loads at least one
     * @param lengths of messages in bytes, at least one
     * @param losses in percent; 0 is what the others have
     * @param underLoss subjects that are run where there is loss
     */
    BenchPlan(
            final List<LoadSpec> loads,
            final List<Integer> lengths,
            final List<Double> losses,
            final List<String> underLoss) {
        for (final LoadSpec load : loads) {
            cells.add(new Cell(load, lengths.get(0)));
        }
        for (final int length : lengths.subList(1, lengths.size())) {
            cells.add(new Cell(loads.get(0), length));
        }
        for (final double loss : losses) {
            if (!(loss >= 0 && loss <= 50)) {
                throw new IllegalArgumentException("--loss " + loss + " is not from 0 to 50");
            }
            if (loss > 0) {
                cells.add(new Cell(loads.get(0), lengths.get(0), loss));
            }
        }
        this.underLoss = underLoss.stream().filter(Subjects::takesLoss).toList();
        if (this.underLoss.isEmpty() && cells.stream().anyMatch(cell -> cell.lossPercent() > 0)) {
            throw new IllegalArgumentException("none of " + underLoss + " is run under loss");
        }
    }

    /** In the order in which they are measured. */
    List<Cell> cells() {
        return cells;
    }

    /** Whether a subject has a place in a cell. */
    boolean has(final Cell cell, final String subject) {
        return cell.lossPercent() == 0 || underLoss.contains(subject);
    }
}
