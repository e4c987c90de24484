package io.lockstep.core.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.Crc32c;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;

/** A producer and dependent consumers, each on its own thread, over a small ring, so that it is full or empty often. */
class EntryRingConcurrentTest {
    private static final int ENTRIES = 3_000_000;

    /** A busy machine gives four threads their turns rarely: it stops early, but not before this many. */
    private static final int LEAST_ENTRIES = 50_000;

    private static final long ENOUGH_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int CAPACITY = 2048;
    private static final int MAX_LENGTH = 160;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);

    // Layout of an entry: sequence, stamp of the logic, checksum of what follows, bytes.
    private static final int STAMP_OFFSET = 8;
    private static final int CHECKSUM_OFFSET = 16;
    private static final int BYTES_OFFSET = 20;

    private final long startNs = System.nanoTime();
    private final AtomicLong end = new AtomicLong(ENTRIES);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final EntryRing ring = new EntryRing(CAPACITY, MAX_LENGTH);

    @Test
    void logicThenHashAndTraceBehindItSeeEveryEntryWhole() throws InterruptedException {
        final Reader logic = new Reader(ring.consumer(), true);
        final Reader hash = new Reader(ring.consumer(logic.consumer), false);
        final Reader trace = new Reader(ring.consumer(logic.consumer), false);

        runAll(logic, hash, trace);

        assertEquals(logic.sum, hash.sum);
        assertEquals(logic.sum, trace.sum);
    }

    @Test
    void pipelineOfThreeSeesEveryEntryWhole() throws InterruptedException {
        final Reader logic = new Reader(ring.consumer(), true);
        final Reader hash = new Reader(ring.consumer(logic.consumer), false);
        final Reader trace = new Reader(ring.consumer(hash.consumer, logic.consumer), false);

        runAll(logic, hash, trace);

        assertEquals(logic.sum, hash.sum);
        assertEquals(logic.sum, trace.sum);
    }

    private void runAll(final Reader... readers) throws InterruptedException {
        final List<Thread> threads = Stream.concat(Stream.of((Runnable) this::produce), Stream.of(readers))
                .map(this::thread)
                .toList();
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            thread.join(TimeUnit.NANOSECONDS.toMillis(DEADLINE_NS) + 10_000);
            assertTrue(!thread.isAlive(), "a thread is stuck");
        }
        assertNull(failure.get(), () -> "failed: " + failure.get());
        for (final Reader reader : readers) {
            assertEquals(end.get(), reader.sequence);
            assertEquals(ring.position(), reader.consumer.position());
        }
    }

    private Thread thread(final Runnable body) {
        final Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (final RuntimeException | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        });
        thread.setDaemon(true);
        return thread;
    }

    private void produce() {
        final Random random = new Random(7);
        final IdleStrategy idleStrategy = idleStrategy();
        long sequence = 0;
        while (sequence < end.get()) {
            if (sequence >= LEAST_ENTRIES && (sequence & 1023) == 0) {
                stopIfEnough(sequence + 1);
            }
            final int length = BYTES_OFFSET + random.nextInt(MAX_LENGTH - BYTES_OFFSET + 1);
            int offset = ring.tryClaim(length);
            while (offset < 0) {
                ring.commit();
                idle(idleStrategy);
                offset = ring.tryClaim(length);
            }
            write(ring.buffer(), offset, length, ++sequence);
            idleStrategy.reset();
            if (random.nextInt(3) != 0 || sequence == end.get()) {
                ring.commit();
            }
        }
    }

    private void stopIfEnough(final long last) {
        if (System.nanoTime() - startNs > ENOUGH_NS) {
            end.set(last);
        }
    }

    private static void write(
            final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        buffer.putLong(offset, sequence);
        buffer.putLong(offset + STAMP_OFFSET, -1);
        for (int i = BYTES_OFFSET; i < length; i++) {
            buffer.putByte(offset + i, (byte) (sequence * 31 + i));
        }
        buffer.putInt(offset + CHECKSUM_OFFSET, checksum(buffer, offset, length));
    }

    private static int checksum(final MutableDirectBuffer buffer, final int offset, final int length) {
        return Crc32c.end(Crc32c.update(
                (int) buffer.getLong(offset), buffer, offset + BYTES_OFFSET, length - BYTES_OFFSET));
    }

    /** Spins, then yields; gives up at the deadline or when another thread has failed. */
    private void idle(final IdleStrategy idleStrategy) {
        if (failure.get() != null || System.nanoTime() - startNs > DEADLINE_NS) {
            throw new IllegalStateException("gave up waiting");
        }
        idleStrategy.idle();
    }

    private static IdleStrategy idleStrategy() {
        return new BackoffIdleStrategy(64, Long.MAX_VALUE, 1, 1);
    }

    private final class Reader implements RecordHandler, Runnable {
        private final RingConsumer consumer;
        private final boolean isLogic;
        private final Random random = new Random(11);
        private long sequence;
        private long sum;

        Reader(final RingConsumer consumer, final boolean isLogic) {
            this.consumer = consumer;
            this.isLogic = isLogic;
        }

        @Override
        public void run() {
            final IdleStrategy idleStrategy = idleStrategy();
            while (sequence < end.get()) {
                final int limit = 1 + random.nextInt(20);
                if (consumer.drain(this, limit) == 0) {
                    idle(idleStrategy);
                } else {
                    idleStrategy.reset();
                }
            }
        }

        @Override
        public boolean onRecord(
                final MutableDirectBuffer buffer, final int offset, final int length, final long position) {
            if ((random.nextInt() & 1023) == 0) {
                return false;
            }
            sequence++;
            assertEquals(sequence, buffer.getLong(offset));
            assertEquals(buffer.getInt(offset + CHECKSUM_OFFSET), checksum(buffer, offset, length));
            assertEquals(isLogic ? -1 : stamp(position), buffer.getLong(offset + STAMP_OFFSET));
            if (isLogic) {
                buffer.putLong(offset + STAMP_OFFSET, stamp(position));
            }
            sum = sum * 31 + buffer.getInt(offset + CHECKSUM_OFFSET) + length;
            return true;
        }

        private long stamp(final long position) {
            return position ^ 0x5DEECE66DL;
        }
    }
}
