package io.lockstep.benchmarks.path;

import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a load when it is due and takes the time of each answer, from when its message was meant to be sent. The thread
 * of the subject's client runs it; another may ask whether it is done, and look at the result then.
 */
public final class LoadClient {
    /** Least length of a message: its index stands in the first eight bytes. */
    public static final int MIN_LENGTH = Long.BYTES;

    private static final int BATCH = 16;
    private static final long HIGHEST_NS = 60_000_000_000L;

    private final LoadShape shape;
    private final MessageSource source;
    private final UnsafeBuffer message;
    private final Histogram latency = new Histogram(HIGHEST_NS, 3);
    private final int count;
    private long startNs;
    private boolean isStarted;
    private int length = -1;
    private int sent;
    private int answered;
    private long lastAnswerNs;
    private long lastSentNs;
    private int wrong;
    private volatile boolean isDone;

    /**
     * A client that has not begun.
     *
     * @param shape when messages are due
     * @param source what they are
     */
    public LoadClient(final LoadShape shape, final MessageSource source) {
        this.shape = shape;
        this.source = source;
        this.message = new UnsafeBuffer(new byte[source.maxLength()]);
        this.count = shape.count();
    }

    /**
     * Sends what is due.
     *
     * @param nowNs from {@link System#nanoTime()}
     * @param sink takes messages
     * @return how many were sent
     */
    public int send(final long nowNs, final MessageSink sink) {
        if (!isStarted) {
            isStarted = true;
            startNs = nowNs;
        }
        int work = 0;
        while (work < BATCH && sent < count && startNs + shape.dueNs(sent) - nowNs <= 0) {
            if (length < 0) {
                length = source.write(sent, message);
            }
            if (!sink.offer(message, 0, length)) {
                break;
            }
            length = -1;
            sent++;
            work++;
            lastSentNs = nowNs;
        }
        return work;
    }

    /**
     * Takes an answer that carries the message's index in its first eight bytes.
     *
     * @param index as it was sent
     */
    public void onAnswer(final long index) {
        if (index != answered || answered == sent) {
            wrong++;
            return;
        }
        final long now = System.nanoTime();
        if (answered >= shape.measuredFrom()) {
            latency.recordValue(Math.min(HIGHEST_NS, Math.max(0, now - startNs - shape.dueNs(answered))));
        }
        answered++;
        if (answered == count) {
            lastAnswerNs = now;
            isDone = true;
        }
    }

    /** Index of the message whose answer comes next. */
    public int answered() {
        return answered;
    }

    /** Whether every message has its answer. Any thread. */
    public boolean isDone() {
        return isDone;
    }

    /**
     * When a message was due; once the load is done.
     *
     * @param index of the message
     */
    public long dueNs(final int index) {
        return startNs + shape.dueNs(index);
    }

    /** What came of it; whether or not it is done, when the client's thread has ended. */
    public LoadResult result() {
        // A message sent late is charged to the subject too: whatever kept the loop, the load was not delivered.
        final long lateNs = isDone ? lastAnswerNs - startNs - shape.dueNs(count - 1) : Long.MAX_VALUE;
        final long sendLateNs = sent == count ? lastSentNs - startNs - shape.dueNs(count - 1) : Long.MAX_VALUE;
        return new LoadResult(latency, count - answered, wrong, sendLateNs, lateNs);
    }
}
