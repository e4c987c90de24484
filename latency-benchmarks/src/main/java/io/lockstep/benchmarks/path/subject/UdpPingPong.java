package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** Two connected sockets and nothing else: what the kernel costs there and back. */
final class UdpPingPong implements Chain {
    private static final int MAX_DATAGRAM_LENGTH = 64 * 1024;
    private static final int SOCKET_BUFFER_LENGTH = 2 * 1024 * 1024;
    private static final int BATCH = 16;

    private final DatagramChannel client;
    private final DatagramChannel echo;
    private final ByteBuffer sent = buffer();
    private final ByteBuffer echoed = buffer();
    private final ByteBuffer received = buffer();
    private boolean isEchoHeld;

    UdpPingPong() {
        try {
            client = open();
            echo = open();
            client.connect(echo.getLocalAddress());
            echo.connect(client.getLocalAddress());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int doWork(final LoadClient load) {
        try {
            return echo() + receive(load);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        sent.clear();
        buffer.getBytes(offset, sent, length);
        sent.flip();
        try {
            return client.write(sent) == length;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(client, echo);
    }

    private int echo() throws IOException {
        int work = 0;
        while (work < BATCH) {
            if (!isEchoHeld) {
                echoed.clear();
                if (echo.read(echoed) <= 0) {
                    return work;
                }
                echoed.flip();
            }
            isEchoHeld = echo.write(echoed) == 0;
            if (isEchoHeld) {
                return work;
            }
            work++;
        }
        return work;
    }

    private int receive(final LoadClient load) throws IOException {
        int work = 0;
        while (work < BATCH) {
            received.clear();
            if (client.read(received) <= 0) {
                return work;
            }
            load.onAnswer(received.getLong(0));
            work++;
        }
        return work;
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(MAX_DATAGRAM_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static DatagramChannel open() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_LENGTH);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_LENGTH);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        return channel;
    }
}
