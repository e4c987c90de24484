package io.lockstep.tools.console;

import io.lockstep.core.epoch.LogEnd;
import io.lockstep.node.NodeListener;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicInteger;

/** Says on the console what a node reports, a line each. */
public final class ConsoleListener implements NodeListener {
    private final PrintWriter out;
    private final AtomicInteger failures = new AtomicInteger();

    /**
     * A listener that writes.
     *
     * @param out takes the lines
     */
    public ConsoleListener(final PrintWriter out) {
        this.out = out;
    }

    /** How many agents have stopped because they threw. */
    public int failures() {
        return failures.get();
    }

    @Override
    public void onMedium(final String sentence) {
        say("medium", sentence);
    }

    @Override
    public void onEpochOpened(final long epoch, final LogEnd previous) {
        say("sequencer", "epoch " + epoch + " opens after sequence " + previous.sequence());
    }

    @Override
    public void onWarning(final String role, final String message) {
        say(role, message);
    }

    @Override
    public void onFailure(final String role, final Throwable error) {
        failures.incrementAndGet();
        say(role, "STOPPED: " + error);
    }

    private void say(final String role, final String message) {
        synchronized (out) {
            out.println("[" + role + "] " + message);
            out.flush();
        }
    }
}
