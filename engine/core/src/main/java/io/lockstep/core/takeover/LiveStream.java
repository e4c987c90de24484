package io.lockstep.core.takeover;

/** What an archive's member knows of the live stream of the newest epoch it has heard. */
final class LiveStream {
    private long epoch;
    private long joinPosition = -1;
    private long position;
    private long heardNs;

    LiveStream(final long nanoTime) {
        heardNs = nanoTime; // whoever has just come has had no time to hear anybody
    }

    void onHeard(final long of, final long at, final long nanoTime) {
        if (of < epoch) {
            return;
        }
        if (of > epoch) {
            epoch = of;
            joinPosition = at;
            position = at;
        }
        position = Math.max(position, at);
        heardNs = nanoTime;
    }

    long epoch() {
        return epoch;
    }

    /** Where the stream was when this process first saw it: everything it has forgotten lies before that. */
    long joinPosition(final long of) {
        return of == epoch ? joinPosition : -1;
    }

    /** How far the stream of an epoch is known to be. */
    long position(final long of) {
        return of == epoch ? position : 0;
    }

    boolean isHeard(final long since, final long withinNs, final long nanoTime) {
        return epoch >= since && nanoTime - heardNs < withinNs;
    }

    /** Whether this process has been there long enough to say that it hears nobody. */
    boolean isSilent(final long withinNs, final long nanoTime) {
        return nanoTime - heardNs >= withinNs;
    }
}
