package io.lockstep.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.DirectBuffer;

/** A decoder that SBE generated, driven through every field, group and data of its message that the schema names. */
final class GeneratedDecoder {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private final Object decoder;
    private final MethodHandle wrap;
    private final MethodHandle limit;
    private final List<MethodHandle> fields;
    private final List<GroupDecoder> groups = new ArrayList<>();
    private final List<DataDecoder> data = new ArrayList<>();
    private final byte[] sink = new byte[EntryFrame.MAX_LENGTH];
    private int values;

    GeneratedDecoder(final Schema schema, final Schema.Message message) throws ReflectiveOperationException {
        final Class<?> type = Class.forName(schema.packageName + '.' + message.name() + "Decoder");
        decoder = type.getConstructor().newInstance();
        wrap = LOOKUP.unreflect(type.getMethod("wrap", DirectBuffer.class, int.class, int.class, int.class))
                .asType(MethodType.methodType(
                        void.class, Object.class, DirectBuffer.class, int.class, int.class, int.class));
        limit = LOOKUP.unreflect(type.getMethod("limit")).asType(MethodType.methodType(int.class, Object.class));
        fields = accessors(type, message.fields());
        for (final Schema.Group group : message.groups()) {
            groups.add(new GroupDecoder(type, group));
        }
        for (final Schema.Data named : message.data()) {
            data.add(new DataDecoder(type, named));
        }
    }

    /**
     * Reads everything there is.
     *
     * @param buffer that holds the message
     * @param offset of its header
     * @return the offset of the byte after the last that the decoder knows
     */
    int readAll(final DirectBuffer buffer, final int offset) throws Throwable {
        final int blockLength = buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
        final int version = buffer.getShort(offset + 6, LITTLE_ENDIAN) & 0xFFFF;
        wrap.invokeExact(decoder, buffer, offset + MessageCheck.HEADER_LENGTH, blockLength, version);
        read(decoder, fields);
        for (final GroupDecoder group : groups) {
            final Object elements = group.accessor.invokeExact(decoder);
            while ((boolean) group.hasNext.invokeExact(elements)) {
                final Object element = group.next.invokeExact(elements);
                read(element, group.fields);
            }
        }
        for (final DataDecoder each : data) {
            final int length = (int) each.length.invokeExact(decoder);
            values++;
            final int copied = (int) each.bytes.invokeExact(decoder, sink, 0, length);
            if (copied != length) {
                throw new AssertionError("data of " + length + " bytes gave " + copied);
            }
        }
        return (int) limit.invokeExact(decoder);
    }

    /** Fields and data read so far. */
    int values() {
        return values;
    }

    private void read(final Object flyweight, final List<MethodHandle> accessors) throws Throwable {
        for (int i = 0; i < accessors.size(); i++) {
            final Object value = accessors.get(i).invokeExact(flyweight);
            values += value == null ? 0 : 1;
        }
    }

    private static List<MethodHandle> accessors(final Class<?> type, final List<Schema.Field> fields)
            throws ReflectiveOperationException {
        final List<MethodHandle> accessors = new ArrayList<>();
        for (final Schema.Field field : fields) {
            accessors.add(accessor(type, field.name(), Object.class));
        }
        return accessors;
    }

    private static MethodHandle accessor(final Class<?> type, final String name, final Class<?> result)
            throws ReflectiveOperationException {
        final Method method = type.getMethod(name);
        return LOOKUP.unreflect(method).asType(MethodType.methodType(result, Object.class));
    }

    private static final class GroupDecoder {
        final MethodHandle accessor;
        final MethodHandle hasNext;
        final MethodHandle next;
        final List<MethodHandle> fields;

        GroupDecoder(final Class<?> type, final Schema.Group group) throws ReflectiveOperationException {
            final Class<?> elements = type.getMethod(group.name()).getReturnType();
            accessor = GeneratedDecoder.accessor(type, group.name(), Object.class);
            hasNext = GeneratedDecoder.accessor(elements, "hasNext", boolean.class);
            next = GeneratedDecoder.accessor(elements, "next", Object.class);
            fields = accessors(elements, group.fields());
        }
    }

    private static final class DataDecoder {
        final MethodHandle length;
        final MethodHandle bytes;

        DataDecoder(final Class<?> type, final Schema.Data data) throws ReflectiveOperationException {
            final String name = data.name();
            final String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            length = accessor(type, name + "Length", int.class);
            bytes = LOOKUP.unreflect(type.getMethod("get" + upper, byte[].class, int.class, int.class))
                    .asType(MethodType.methodType(int.class, Object.class, byte[].class, int.class, int.class));
        }
    }
}
