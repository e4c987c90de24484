package io.lockstep.simulator;

import java.util.ArrayList;
import java.util.List;

/** Runs of one seed: the whole one, and, where it fails, shorter ones with ever fewer faults. */
public final class Trial {
    private final long seed;
    private final Cores cores;
    private final Options options;
    private long steps;
    private long epochs;
    private long released;
    private long entries;
    private int faults;

    /**
     * A trial.
     *
     * @param seed from which everything is drawn
     * @param cores what is simulated
     */
    public Trial(final long seed, final Cores cores) {
        this.seed = seed;
        this.cores = cores;
        this.options = new Options(seed);
    }

    /**
     * Runs it.
     *
     * @return null if all held; else what did not
     */
    public SimulationFailure run() {
        final List<Fault> list = Fault.draw(seed, options);
        faults = list.size();
        return run(list);
    }

    /** Steps of the last run. */
    public long steps() {
        return steps;
    }

    /** Epochs that were begun in the last run; each but the first is a takeover. */
    public long epochs() {
        return epochs;
    }

    /** Outputs that were released in the last run. */
    public long released() {
        return released;
    }

    /** Entries of the log when the last run ended. */
    public long entries() {
        return entries;
    }

    /** Faults that were struck. */
    public int faults() {
        return faults;
    }

    /** What a person needs to look into a failure: the seed, what follows from it, and the fewest faults that fail. */
    public String explain(final SimulationFailure failure) {
        final List<Fault> fewest = shrink();
        final SimulationFailure last = run(fewest);
        final StringBuilder text = new StringBuilder("seed=").append(seed).append(' ').append(options).append('\n');
        text.append(failure.getMessage()).append("\nwith the fewest faults (").append(fewest.size()).append("): ");
        text.append(last == null ? "" : last.getMessage());
        fewest.forEach(fault -> text.append("\n  ").append(fault));
        return text.toString();
    }

    private List<Fault> shrink() {
        final List<Fault> left = new ArrayList<>(Fault.draw(seed, options));
        for (int i = left.size() - 1; i >= 0; i--) {
            final Fault dropped = left.remove(i);
            if (run(left) == null) {
                left.add(i, dropped);
            }
        }
        return left;
    }

    private SimulationFailure run(final List<Fault> list) {
        final Simulation simulation = new Simulation(seed, options, list, cores);
        try {
            simulation.run();
            return null;
        } catch (final SimulationFailure e) {
            return e;
        } finally {
            steps = simulation.steps();
            epochs = simulation.epochs();
            released = simulation.released();
            entries = simulation.sequence();
        }
    }
}
