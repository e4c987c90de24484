package io.lockstep.codecs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The bytes of one message as a file of {@code golden/} pins them. Each line holds bytes and, behind {@code #}, the
 * field they are: {@code name = value}, {@code group [count]}, {@code group.field = value}; a line without a field goes
 * on with the one before; a line without bytes is a comment.
 */
final class GoldenMessage {
    final byte[] bytes;
    final List<Part> parts;

    private GoldenMessage(final byte[] bytes, final List<Part> parts) {
        this.bytes = bytes;
        this.parts = parts;
    }

    /** A field with what its file says of it. */
    record Part(String name, String value, int offset, int length) {}

    static GoldenMessage read(final String name) throws IOException {
        final StringBuilder hex = new StringBuilder();
        final List<Part> parts = new ArrayList<>();
        try (InputStream in = GoldenMessage.class.getResourceAsStream("/golden/" + name + ".hex")) {
            if (in == null) {
                throw new IOException("no golden/" + name + ".hex");
            }
            final String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            for (final String line : text.lines().toList()) {
                final int comment = line.indexOf('#');
                final String digits = (comment < 0 ? line : line.substring(0, comment)).replace(" ", "");
                final int offset = hex.length() / 2;
                final int length = digits.length() / 2;
                if (comment > 0) {
                    parts.add(part(line.substring(comment + 1).trim(), offset, length));
                } else if (length > 0) {
                    final Part last = parts.remove(parts.size() - 1);
                    parts.add(new Part(last.name(), last.value(), last.offset(), last.length() + length));
                }
                hex.append(digits);
            }
        }
        return new GoldenMessage(HexFormat.of().parseHex(hex), parts);
    }

    private static Part part(final String text, final int offset, final int length) {
        final int end = Math.max(text.indexOf(" = "), text.indexOf(" ["));
        final String value = text.charAt(end + 1) == '=' ? text.substring(end + 3) : text.substring(end + 1);
        return new Part(text.substring(0, end), value, offset, length);
    }
}
