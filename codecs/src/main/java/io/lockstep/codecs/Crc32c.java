package io.lockstep.codecs;

import static org.agrona.BufferUtil.ARRAY_BASE_OFFSET;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * CRC-32C (Castagnoli, RFC 3720 appendix B.4) over pieces of Agrona buffers, on heap or off, without allocation.
 *
 * <p>Uses the JDK's own intrinsic, whose entry points are private; every JVM that runs this needs {@code --add-opens
 * java.base/java.util.zip=ALL-UNNAMED}. Unlike Agrona's checksum it can go on from an earlier piece. Free of state; any
 * thread may call it.
 *
 * <pre>{@code
 * int crc = Crc32c.START;
 * crc = Crc32c.update(crc, header, 0, headerLength);
 * crc = Crc32c.update(crc, body, bodyOffset, bodyLength);
 * return Crc32c.end(crc);
 * }</pre>
 */
@HotPath
public final class Crc32c {
    /** The running value before the first byte. */
    public static final int START = 0xFFFF_FFFF;

    private static final MethodHandle UPDATE_ARRAY;
    private static final MethodHandle UPDATE_ADDRESS;

    static {
        try {
            UPDATE_ARRAY = open("updateBytes", int.class, byte[].class, int.class, int.class);
            UPDATE_ADDRESS = open("updateDirectByteBuffer", int.class, long.class, int.class, int.class);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "the checksum of the log needs the JVM option --add-opens java.base/java.util.zip=ALL-UNNAMED", e);
        }
    }

    private Crc32c() {}

    /**
     * Folds a piece into a running value.
     *
     * @param crc {@link #START} or what an earlier call returned
     * @param buffer that holds the piece
     * @param offset of the piece in bytes
     * @param length of the piece in bytes
     * @return the running value after the piece; not yet the checksum, see {@link #end(int)}
     * @throws IndexOutOfBoundsException if the piece does not lie in the buffer
     */
    public static int update(final int crc, final DirectBuffer buffer, final int offset, final int length) {
        // The intrinsic reads raw memory, so this check is all that stands between a wrong length and a crash.
        if (offset < 0 || length < 0 || offset > buffer.capacity() - length) {
            throw new IndexOutOfBoundsException("offset=" + offset + " length=" + length + " of " + buffer.capacity());
        }
        final byte[] array = buffer.byteArray();
        try {
            if (array != null) {
                final int start = (int) (buffer.addressOffset() - ARRAY_BASE_OFFSET) + offset;
                return (int) UPDATE_ARRAY.invokeExact(crc, array, start, start + length);
            }
            return (int) UPDATE_ADDRESS.invokeExact(crc, buffer.addressOffset(), offset, offset + length);
        } catch (final Throwable e) {
            throw new IllegalStateException("checksum failed: offset=" + offset + " length=" + length, e);
        }
    }

    /**
     * Ends a checksum.
     *
     * @param crc what the last {@link #update} returned
     * @return the checksum, to be read as unsigned
     */
    public static int end(final int crc) {
        return ~crc;
    }

    private static MethodHandle open(final String name, final Class<?>... parameters)
            throws ReflectiveOperationException {
        final Method method = CRC32C.class.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return MethodHandles.lookup().unreflect(method);
    }
}
