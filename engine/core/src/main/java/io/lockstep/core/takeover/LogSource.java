package io.lockstep.core.takeover;

/** Reads the log for one reader: history from an archive that serves it, then live. */
public interface LogSource {
    /**
     * Begins again at a sequence; what was on its way before is no longer handed over. Entries come one by one and in
     * order of the archive's chain of epochs; the reader judges each by {@link LogOrder}.
     *
     * @param sequence of the first entry wanted
     */
    void readFrom(long sequence);
}
