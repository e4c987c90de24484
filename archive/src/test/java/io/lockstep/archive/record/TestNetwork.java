package io.lockstep.archive.record;

import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ReceiveChannelEndpointSupplier;
import io.aeron.driver.ThreadingMode;
import io.lockstep.transport.Channel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Channels and small media drivers for tests on loopback. Each test class has its own number, and so its own ports. */
public final class TestNetwork {
    public static final int SEQUENCED_STREAM = 1002;
    public static final int CONTROL_STREAM = 1003;
    public static final int REQUEST_STREAM = 1100;
    public static final int REPLY_STREAM = 1200;

    private final int port;
    private final int number;

    /** Takes ports 23000 + 20 × number and up, groups 239.71.3.(1 + 4 × number) and up. */
    public TestNetwork(final int number) {
        this.number = number;
        this.port = 23_000 + number * 20;
    }

    public String sequenced() {
        return multicast(0, 0) + "|term-length=64k";
    }

    public String sequenced(final String termLength) {
        return multicast(0, 0) + "|term-length=" + termLength;
    }

    public String sequencedForSubscribers() {
        return multicast(0, 0);
    }

    public String control() {
        return multicast(1, 2);
    }

    public String request(final int archive) {
        return "aeron:udp?endpoint=localhost:" + (port + 2 + archive);
    }

    public String archiveControl(final int archive) {
        return "aeron:udp?endpoint=localhost:" + (port + 6 + archive);
    }

    public String reply(final int reader) {
        return "aeron:udp?endpoint=localhost:" + (port + 12 + reader);
    }

    /** What a log server makes of the channel a reader asks for. */
    public static Channel replyChannel(final String requested, final int streamId) {
        return new Channel(requested + "|term-length=1m", streamId, List.of());
    }

    public static MediaDriver driver() {
        return driver(null);
    }

    public static MediaDriver driver(final ReceiveChannelEndpointSupplier receiver) {
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(CommonContext.generateRandomDirName())
                .threadingMode(ThreadingMode.SHARED)
                .termBufferSparseFile(true)
                .publicationTermBufferLength(64 * 1024)
                .ipcTermBufferLength(64 * 1024)
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(1))
                .timerIntervalNs(TimeUnit.MILLISECONDS.toNanos(50))
                .publicationLingerTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .untetheredWindowLimitTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .untetheredRestingTimeoutNs(TimeUnit.MILLISECONDS.toNanos(200))
                .nakMulticastMaxBackoffNs(TimeUnit.MICROSECONDS.toNanos(500))
                .nakMulticastGroupSize(3)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true);
        if (receiver != null) {
            context.receiveChannelEndpointSupplier(receiver);
        }
        return MediaDriver.launch(context);
    }

    private String multicast(final int channel, final int group) {
        final String endpoint = "239.71.3." + (1 + number * 4 + group) + ":" + (port + channel);
        return "aeron:udp?endpoint=" + endpoint + "|interface=localhost";
    }
}
