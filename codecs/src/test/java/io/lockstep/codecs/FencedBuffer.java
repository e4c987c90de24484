package io.lockstep.codecs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.agrona.DirectBuffer;

/**
 * A buffer with a fence around one message: a read that touches a byte outside of it fails the test, as does every call
 * that could get around the fence. Stands for all of {@link DirectBuffer}, so that no way of reading is forgotten.
 */
final class FencedBuffer implements InvocationHandler {
    private final DirectBuffer target;
    private final DirectBuffer fenced;
    private int from;
    private int to;

    FencedBuffer(final DirectBuffer target) {
        this.target = target;
        fenced = (DirectBuffer) Proxy.newProxyInstance(
                FencedBuffer.class.getClassLoader(), new Class<?>[] {DirectBuffer.class}, this);
    }

    /** The buffer, readable from offset to offset + length alone. */
    DirectBuffer fence(final int offset, final int length) {
        from = offset;
        to = offset + length;
        return fenced;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        final int length =
                switch (method.getName()) {
                    case "capacity" -> -1;
                    case "getByte" -> 1;
                    case "getShort", "getChar" -> 2;
                    case "getInt", "getFloat" -> 4;
                    case "getLong", "getDouble" -> 8;
                    case "getBytes" -> arguments.length == 2 ? ((byte[]) arguments[1]).length : (int) arguments[3];
                    case "getStringWithoutLengthAscii", "getStringWithoutLengthUtf8" -> (int) arguments[1];
                    default -> throw new AssertionError("not fenced: " + method);
                };
        if (length >= 0) {
            final int index = (int) arguments[0];
            if (index < from || index > to || length > to - index) {
                throw new AssertionError(
                        "read outside the message: index=" + index + " length=" + length + " of " + from + " to " + to);
            }
        }
        try {
            return method.invoke(target, arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
