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
 * @param text what is wrong, or empty
 */
record RunResult(boolean isDelivered, Histogram latency, String text) {
    static RunResult of(final LoadResult result) {
        final String text = result.isDelivered()
                ? ""
                : "missing " + result.missing() + ", wrong " + result.wrong() + ", sent late by "
                        + millis(result.sendLateNs()) + ", answered late by " + millis(result.lateNs());
        return new RunResult(result.isDelivered(), result.latency(), text);
    }

    static RunResult failed(final String why) {
        return new RunResult(false, null, why.isEmpty() ? "failed" : why);
    }

    static RunResult parse(final String line) {
        final String[] parts = line.split("\t", 3);
        return new RunResult(
                Boolean.parseBoolean(parts[0]), parts[1].isEmpty() ? null : decoded(parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        return isDelivered + "\t" + (latency == null ? "" : encoded(latency)) + "\t"
                + text.replaceAll("[\t\r\n]+", " ");
    }

    private static String millis(final long nanos) {
        return nanos == Long.MAX_VALUE ? "no end" : nanos / 1_000_000 + " ms";
    }

    static String encoded(final Histogram histogram) {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    static Histogram decoded(final String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (final DataFormatException e) {
            throw new IllegalArgumentException("a worker's histogram is damaged", e);
        }
    }
}
