package io.lockstep.benchmarks.path;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What came of one run, as a line of text that comes from a worker process.
 *
 * @param isDelivered whether the whole load was answered when it was due
 * @param latency in nanoseconds; null if the run failed
 * @param drain of bursts, in nanoseconds; null without bursts
 * @param garbage what hot threads allocated meanwhile
 * @param text what is wrong, or empty
 */
record RunResult(boolean isDelivered, Histogram latency, Histogram drain, Garbage garbage, String text) {
    private static final int PARTS = 5;

    static RunResult of(final LoadResult result, final Garbage garbage) {
        final String text = result.isDelivered()
                ? ""
                : "missing " + result.missing() + ", wrong " + result.wrong() + ", sent late by "
                        + millis(result.sendLateNs()) + ", answered late by " + millis(result.lateNs());
        final Histogram drain = result.drain().getTotalCount() > 0 ? result.drain() : null;
        return new RunResult(result.isDelivered(), result.latency(), drain, garbage, text);
    }

    static RunResult failed(final String why) {
        return new RunResult(false, null, null, Garbage.UNKNOWN, why.isEmpty() ? "failed" : why);
    }

    static RunResult parse(final String line) {
        final String[] parts = line.split("\t", PARTS);
        return new RunResult(
                Boolean.parseBoolean(parts[0]),
                decoded(parts[1]),
                decoded(parts[2]),
                Garbage.parse(parts[3]),
                parts[4]);
    }

    @Override
    public String toString() {
        return isDelivered + "\t" + encoded(latency) + "\t" + encoded(drain) + "\t" + garbage + "\t"
                + text.replaceAll("[\t\r\n]+", " ");
    }

    private static String millis(final long nanos) {
        return nanos == Long.MAX_VALUE ? "no end" : nanos / 1_000_000 + " ms";
    }

    static String encoded(final Histogram histogram) {
        if (histogram == null) {
            return "";
        }
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    static Histogram decoded(final String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (final DataFormatException e) {
            throw new IllegalArgumentException("a worker's histogram is damaged", e);
        }
    }
}
