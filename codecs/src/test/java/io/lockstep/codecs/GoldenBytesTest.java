package io.lockstep.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.codecs.protocol.MessageHeaderDecoder;
import io.lockstep.codecs.protocol.MessageHeaderEncoder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the format: each message of the schema has a file of bytes that were not made by these codecs; what its comments
 * say is encoded to these bytes, and these bytes are decoded to what the comments say.
 */
class GoldenBytesTest {
    private static final int OFFSET = 8;

    static Stream<Schema.Message> messages() throws IOException {
        return Schema.read("lockstep-protocol.xml").messages.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void encodesToTheseBytes(final Schema.Message message) throws IOException, ReflectiveOperationException {
        final GoldenMessage golden = GoldenMessage.read(message.name());
        final byte[] array = new byte[OFFSET + golden.bytes.length];
        final UnsafeBuffer buffer = new UnsafeBuffer(array);
        final Iterator<GoldenMessage.Part> parts = golden.parts.iterator();
        final Class<?> type = codec(message, "Encoder");
        final Object encoder = type.getConstructor().newInstance();

        type.getMethod("wrapAndApplyHeader", MutableDirectBuffer.class, int.class, MessageHeaderEncoder.class)
                .invoke(encoder, buffer, OFFSET, new MessageHeaderEncoder());
        parts.next();
        for (final Schema.Field field : message.fields()) {
            set(encoder, field, parts.next());
        }
        for (final Schema.Group group : message.groups()) {
            final int count = count(parts.next());
            final Object elements = type.getMethod(group.name() + "Count", int.class).invoke(encoder, count);
            for (int i = 0; i < count; i++) {
                elements.getClass().getMethod("next").invoke(elements);
                for (final Schema.Field field : group.fields()) {
                    set(elements, field, parts.next());
                }
            }
        }
        for (final Schema.Data data : message.data()) {
            final byte[] bytes = bytes(parts.next());
            type.getMethod("put" + upper(data.name()), byte[].class, int.class, int.class)
                    .invoke(encoder, bytes, 0, bytes.length);
        }

        assertArrayEquals(golden.bytes, Arrays.copyOfRange(array, OFFSET, array.length));
        assertEquals(golden.bytes.length - 8, type.getMethod("encodedLength").invoke(encoder));
        assertEquals(
                message.id(), ProtocolCheck.INSTANCE.check(buffer, OFFSET, golden.bytes.length), "passes the check");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void decodesToTheseValues(final Schema.Message message) throws IOException, ReflectiveOperationException {
        final GoldenMessage golden = GoldenMessage.read(message.name());
        final UnsafeBuffer buffer = new UnsafeBuffer(golden.bytes);
        final Iterator<GoldenMessage.Part> parts = golden.parts.iterator();
        final Class<?> type = codec(message, "Decoder");
        final Object decoder = type.getConstructor().newInstance();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();

        type.getMethod("wrapAndApplyHeader", DirectBuffer.class, int.class, MessageHeaderDecoder.class)
                .invoke(decoder, buffer, 0, header);
        final String head = "block " + header.blockLength() + ", template " + header.templateId() + ", schema "
                + header.schemaId() + ", version " + header.version();
        assertEquals(new GoldenMessage.Part("messageHeader", head, 0, 8), parts.next());
        int offset = 8;
        for (final Schema.Field field : message.fields()) {
            assertEquals(part(decoder, field, "", offset), parts.next());
            offset += field.length();
        }
        for (final Schema.Group group : message.groups()) {
            final Object elements = type.getMethod(group.name()).invoke(decoder);
            final int count = (int) elements.getClass().getMethod("count").invoke(elements);
            assertEquals(new GoldenMessage.Part(group.name(), "[" + count + "]", offset, 4), parts.next());
            offset += 4;
            for (int i = 0; i < count; i++) {
                elements.getClass().getMethod("next").invoke(elements);
                for (final Schema.Field field : group.fields()) {
                    assertEquals(part(elements, field, group.name() + '.', offset), parts.next());
                    offset += field.length();
                }
            }
        }
        for (final Schema.Data data : message.data()) {
            final byte[] bytes = new byte[(int) type.getMethod(data.name() + "Length").invoke(decoder)];
            type.getMethod("get" + upper(data.name()), byte[].class, int.class, int.class)
                    .invoke(decoder, bytes, 0, bytes.length);
            final GoldenMessage.Part part = parts.next();
            assertEquals(data.name(), part.name());
            assertArrayEquals(bytes(part), bytes);
            offset += 4 + bytes.length;
        }
        assertEquals(golden.bytes.length, offset);
        assertTrue(!parts.hasNext());
    }

    @Test
    void entryWriterWritesAndEntryReaderReadsTheEntry() throws IOException {
        final GoldenMessage golden = GoldenMessage.read("Entry");
        final DirectBuffer body = new UnsafeBuffer("\u0001buy 100 at 42".getBytes(StandardCharsets.US_ASCII));
        final byte[] written = new byte[golden.bytes.length];
        new EntryWriter()
                .writeEntry(
                        new UnsafeBuffer(written),
                        0,
                        3,
                        41,
                        1_767_225_600_123_456_789L,
                        7,
                        -6_066_930_334_832_433_271L,
                        12,
                        1,
                        EntryKind.COMMAND,
                        body,
                        0,
                        body.capacity());

        assertArrayEquals(golden.bytes, written);
        final UnsafeBuffer buffer = new UnsafeBuffer(golden.bytes);
        assertTrue(EntryFrame.isIntact(buffer, 0, golden.bytes.length));
        final EntryReader reader = new EntryReader().wrap(buffer, 0);
        assertEquals(3, reader.epoch());
        assertEquals(41, reader.sequence());
        assertEquals(1_767_225_600_123_456_789L, reader.timeNs());
        assertEquals(7, reader.sessionId());
        assertEquals(-6_066_930_334_832_433_271L, reader.incarnation());
        assertEquals(12, reader.clientSequence());
        assertEquals(1, reader.clusterId());
        assertEquals(EntryKind.COMMAND, reader.kind());
        assertEquals(body, new UnsafeBuffer(buffer, reader.bodyOffset(), reader.bodyLength()));
    }

    @Test
    void checksumOfTheGeneratedEntryIsThatOfTheFrame() throws IOException {
        final GoldenMessage golden = GoldenMessage.read("SequencedEntry");

        assertTrue(EntryFrame.isIntact(new UnsafeBuffer(golden.bytes), 0, golden.bytes.length));
    }

    private static Class<?> codec(final Schema.Message message, final String kind) throws ClassNotFoundException {
        return Class.forName("io.lockstep.codecs.protocol." + message.name() + kind);
    }

    private static GoldenMessage.Part part(
            final Object decoder, final Schema.Field field, final String prefix, final int offset)
            throws ReflectiveOperationException {
        final Object value = decoder.getClass().getMethod(field.name()).invoke(decoder);
        return new GoldenMessage.Part(prefix + field.name(), String.valueOf(value), offset, field.length());
    }

    private static void set(final Object encoder, final Schema.Field field, final GoldenMessage.Part part)
            throws ReflectiveOperationException {
        for (final Method method : encoder.getClass().getMethods()) {
            if (method.getName().equals(field.name()) && method.getParameterCount() == 1) {
                method.invoke(encoder, value(method.getParameterTypes()[0], part.value()));
                return;
            }
        }
        throw new NoSuchMethodException(field.name());
    }

    private static Object value(final Class<?> type, final String text) throws ReflectiveOperationException {
        if (type.isEnum()) {
            return type.getMethod("valueOf", String.class).invoke(null, text);
        }
        final long value = Long.parseLong(text);
        return switch (type.getName()) {
            case "long" -> value;
            case "int" -> Math.toIntExact(value);
            case "short" -> (short) value;
            default -> throw new IllegalStateException(type.getName());
        };
    }

    private static int count(final GoldenMessage.Part part) {
        return Integer.parseInt(part.value().substring(1, part.value().length() - 1));
    }

    private static byte[] bytes(final GoldenMessage.Part part) {
        final String text = part.value();
        return text.matches("([0-9a-f]{2})+")
                ? HexFormat.of().parseHex(text)
                : text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String upper(final String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
