package io.lockstep.archive.log;

import io.lockstep.codecs.protocol.EntryKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.agrona.DirectBuffer;

/**
 * Writes one entry of the log for people to read, as a line of text or as a JSON object on one line. Bodies of the
 * protocol are decoded here, those of commands by what the user plugs in, and all else is shown in hexadecimal. Not
 * for hot paths; used by one thread.
 */
public final class EntryText {
    /** Decodes bodies of commands. */
    @FunctionalInterface
    public interface BodyDecoder {
        /** Decodes nothing, so that bodies are shown in hexadecimal. */
        BodyDecoder NONE = (buffer, offset, length, isJson, out) -> false;

        /**
         * Appends a body.
         *
         * @param buffer that holds the body
         * @param offset of the body
         * @param length of the body in bytes
         * @param isJson whether to append one JSON value or a piece of a line of text
         * @param out to append to, only if the answer is true
         * @return false to have the body shown in hexadecimal
         */
        boolean append(DirectBuffer buffer, int offset, int length, boolean isJson, StringBuilder out);
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final BodyDecoder decoder;
    private final ProtocolBodyText protocol = new ProtocolBodyText();

    /**
     * Makes a writer.
     *
     * @param decoder of command bodies
     */
    public EntryText(final BodyDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Appends an entry as text, without a line end.
     *
     * @param entry to write
     * @param out to append to
     */
    public void appendLine(final LogEntry entry, final StringBuilder out) {
        out.append(entry.epoch()).append('/').append(entry.sequence()).append(' ');
        appendTime(entry.timeNs(), out);
        out.append(' ').append(EntryKind.get((short) entry.kind()));
        if (entry.sessionId() != 0) {
            out.append(" session=").append(entry.sessionId());
            out.append('.').append(entry.incarnation());
            out.append('#').append(entry.clientSequence());
        }
        out.append(" length=").append(entry.bodyLength()).append(' ');
        appendBody(entry, false, out);
    }

    /**
     * Appends an entry as one JSON object, without a line end.
     *
     * @param entry to write
     * @param out to append to
     */
    public void appendJson(final LogEntry entry, final StringBuilder out) {
        out.append("{\"epoch\":").append(entry.epoch());
        out.append(",\"sequence\":").append(entry.sequence());
        out.append(",\"kind\":\"").append(EntryKind.get((short) entry.kind()));
        out.append("\",\"time\":\"");
        appendTime(entry.timeNs(), out);
        out.append("\",\"timeNs\":").append(entry.timeNs());
        out.append(",\"sessionId\":").append(entry.sessionId());
        out.append(",\"incarnation\":").append(entry.incarnation());
        out.append(",\"clientSequence\":").append(entry.clientSequence());
        out.append(",\"clusterId\":").append(entry.clusterId());
        out.append(",\"recordingId\":").append(entry.recordingId());
        out.append(",\"position\":").append(entry.startPosition());
        out.append(",\"length\":").append(entry.bodyLength());
        out.append(",\"body\":");
        appendBody(entry, true, out);
        out.append('}');
    }

    /**
     * Appends a time as ISO 8601 in UTC with nine digits of a second.
     *
     * @param timeNs nanoseconds since the Unix epoch
     * @param out to append to
     */
    public static void appendTime(final long timeNs, final StringBuilder out) {
        TIME.formatTo(
                Instant.ofEpochSecond(
                        Math.floorDiv(timeNs, NANOS_PER_SECOND), Math.floorMod(timeNs, NANOS_PER_SECOND)),
                out);
    }

    private void appendBody(final LogEntry entry, final boolean isJson, final StringBuilder out) {
        final DirectBuffer buffer = entry.buffer();
        final int offset = entry.bodyOffset();
        final int length = entry.bodyLength();
        final boolean isDecoded = entry.kind() == EntryKind.COMMAND.value()
                ? decoder.append(buffer, offset, length, isJson, out)
                : protocol.append(buffer, offset, length, isJson, out);
        if (isDecoded) {
            return;
        }
        final String quote = isJson ? "\"" : "";
        out.append(quote);
        for (int i = 0; i < length; i++) {
            final int octet = buffer.getByte(offset + i) & 0xFF;
            out.append(HEX[octet >>> 4]).append(HEX[octet & 0xF]);
        }
        out.append(quote);
    }
}
