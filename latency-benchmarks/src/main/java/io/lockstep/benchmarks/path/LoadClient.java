package io.lockstep.benchmarks.path;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends a load when it is due and takes the time of each answer, from when its message was meant to be sent. The thread
 * of the subject's client runs it; another may ask whether it is done, and look at the result then.
 */
public final class LoadClient {
    /** Least length of a message: its index stands in the first eight bytes. */
    public static final int MIN_LENGTH = Long.BYTES;

    /** As many as an open loop could have to catch up on at once; a small bound here would bound the rate. */
    private static final int BATCH = 512;
    private static final long HIGHEST_NS = 60_000_000_000L;

    private final LoadShape shape;
    private final MessageSource source;
    private final UnsafeBuffer message;
    private final Histogram latency = new Histogram(HIGHEST_NS, 3);
    private final Histogram drain = new Histogram(HIGHEST_NS, 3);
    private final AtomicInteger progress = new AtomicInteger();
    private final int count;
    private final int burstSize;
    private long startNs;
    private boolean isStarted;
    private int length = -1;
    private int sent;
    private int answered;
    private long lastAnswerNs;
    private long lastSentNs;
    private int wrong;
    private final CountDownLatch warm = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final int warmAt;

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
        this.burstSize = shape.burstSize();
        // A little before measuring begins: whoever waits for it looks at threads, which stops them for a moment.
        this.warmAt = shape.measuredFrom() - shape.measuredFrom() / 8;
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
            final long latencyNs = Math.min(HIGHEST_NS, Math.max(0, now - startNs - shape.dueNs(answered)));
            latency.recordValue(latencyNs);
            if (burstSize > 1 && answered % burstSize == burstSize - 1) {
                drain.recordValue(latencyNs); // All of a burst is due at once: its last answer is its end.
            }
        }
        if (answered == warmAt) {
            warm.countDown();
        }
        answered++;
        progress.lazySet(answered); // One writer, and whoever looks on may see it a little late.
        if (answered == count) {
            lastAnswerNs = now;
            done.countDown();
        }
    }

    /** Index of the message whose answer comes next. */
    public int answered() {
        return answered;
    }

    /** Messages answered, as far as this thread knows. Any thread. */
    public int progress() {
        return progress.get();
    }

    /** Whether every message has its answer. Any thread. */
    public boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * Waits until nearly all of the warm-up has its answers.
     *
     * @param timeoutMs at most so long, milliseconds
     * @return whether it is
     */
    boolean awaitWarm(final long timeoutMs) throws InterruptedException {
        return warm.await(timeoutMs, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until every message has its answer. Whoever waits sleeps: on few cores each look would take one away from
     * what is measured.
     *
     * @param timeoutMs at most so long, milliseconds
     * @return whether it is done
     */
    boolean awaitDone(final long timeoutMs) throws InterruptedException {
        return done.await(timeoutMs, TimeUnit.MILLISECONDS);
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
        final long lateNs = isDone() ? lastAnswerNs - startNs - shape.dueNs(count - 1) : Long.MAX_VALUE;
        final long sendLateNs = sent == count ? lastSentNs - startNs - shape.dueNs(count - 1) : Long.MAX_VALUE;
        return new LoadResult(latency, drain, count - answered, wrong, sendLateNs, lateNs);
    }
}
