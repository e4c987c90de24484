package io.lockstep.core.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drives a ring with a random graph of consumers in random order on one thread, beside a model that is a list of
 * entries and an index into it for each consumer. Rerun one seed with {@code -Dseed=…}.
 */
class EntryRingPropertyTest {
    private static final int STEPS = 100_000;
    private static final int MAX_CONSUMERS = 6;

    static LongStream seeds() {
        final Long given = Long.getLong("seed");
        return given != null ? LongStream.of(given) : LongStream.of(1, 2, 3, 4, 5, 6, 7, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ringDoesWhatAListDoes(final long seed) {
        System.out.println("seed=" + seed);
        final Run run = new Run(new Random(seed));
        for (int step = 0; step < STEPS; step++) {
            run.step();
        }
        run.finish();
    }

    /** An entry of the model: where it must stand and what it must hold. */
    private record Expected(long position, long end, int length, long content) {}

    /** A consumer, the model of it and the handler that compares the two. */
    private static final class Reader implements RecordHandler {
        private final RingConsumer consumer;
        private final List<Reader> ahead;
        private final Run run;
        private int index;
        private int refuseAt;
        private boolean isThrowing;

        Reader(final RingConsumer consumer, final List<Reader> ahead, final Run run) {
            this.consumer = consumer;
            this.ahead = ahead;
            this.run = run;
        }

        int available() {
            return ahead.stream().mapToInt(reader -> reader.index).min().orElse(run.published) - index;
        }

        long modelPosition() {
            return index == 0 ? 0 : run.entries.get(index - 1).end;
        }

        @Override
        public boolean onRecord(
                final MutableDirectBuffer buffer, final int offset, final int length, final long position) {
            assertTrue(available() > 0, "overtook");
            final Expected expected = run.entries.get(index);
            assertEquals(expected.position, position);
            assertEquals(expected.length, length);
            assertEquals(expected.content, content(buffer, offset, length));
            if (index == refuseAt && isThrowing) {
                throw new UnsupportedOperationException("thrown by the test");
            }
            if (index == refuseAt) {
                return false;
            }
            index++;
            return true;
        }

        private static long content(final MutableDirectBuffer buffer, final int offset, final int length) {
            long content = length;
            for (int i = 0; i < length; i++) {
                content = 31 * content + buffer.getByte(offset + i);
            }
            return content;
        }
    }

    private static final class Run {
        private final Random random;
        private final List<Expected> entries = new ArrayList<>();
        private final List<Reader> readers = new ArrayList<>();
        private final EntryRing ring;
        private int published;

        Run(final Random random) {
            this.random = random;
            final int capacity = 128 << random.nextInt(5);
            this.ring = new EntryRing(capacity, random.nextBoolean() ? capacity / 2 - 8 : capacity / 8);
            final int count = 1 + random.nextInt(MAX_CONSUMERS);
            for (int i = 0; i < count; i++) {
                final List<Reader> ahead =
                        readers.stream().filter(reader -> random.nextInt(3) == 0).toList();
                final RingConsumer[] behind =
                        ahead.stream().map(reader -> reader.consumer).toArray(RingConsumer[]::new);
                readers.add(new Reader(ring.consumer(behind), ahead, this));
            }
        }

        void step() {
            final int choice = random.nextInt(10);
            if (choice < 3) {
                claim();
            } else if (choice < 5) {
                ring.commit();
                published = entries.size();
            } else if (choice == 5 && random.nextInt(4) == 0) {
                ring.abort();
                entries.subList(published, entries.size()).clear();
            } else {
                drain(readers.get(random.nextInt(readers.size())));
            }
            assertEquals(published == 0 ? 0 : entries.get(published - 1).end, ring.position());
        }

        private void claim() {
            final int length = random.nextInt(8) == 0 ? ring.maxLength() : random.nextInt(ring.maxLength() + 1);
            final long claimed = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end;
            final int recordLength = (length + 8 + 7) / 8 * 8;
            final long toEnd = ring.capacity() - claimed % ring.capacity();
            final long start = toEnd >= recordLength ? claimed : claimed + toEnd;
            final long end = start + recordLength;
            final long slowest =
                    readers.stream().mapToLong(Reader::modelPosition).min().orElseThrow();

            final int offset = ring.tryClaim(length);

            if (end - slowest > ring.capacity()) {
                assertEquals(EntryRing.INSUFFICIENT_SPACE, offset);
                return;
            }
            assertEquals(start % ring.capacity() + 8, offset);
            for (int i = 0; i < length; i++) {
                ring.buffer().putByte(offset + i, (byte) random.nextInt());
            }
            entries.add(new Expected(start, end, length, Reader.content(ring.buffer(), offset, length)));
        }

        private void drain(final Reader reader) {
            final int before = reader.index;
            final int available = reader.available();
            final int limit = random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(5);
            reader.refuseAt = random.nextInt(3) == 0 ? before + random.nextInt(4) : -1;
            reader.isThrowing = random.nextBoolean();
            int drained = -1;
            try {
                drained = reader.consumer.drain(reader, limit);
                assertEquals(reader.index - before, drained);
            } catch (final UnsupportedOperationException e) {
                assertEquals(reader.refuseAt, reader.index, e.getMessage());
            }
            if (available > 0 && limit > 0 && reader.refuseAt != before) {
                assertTrue(drained != 0, "left what was there");
            }
            assertTrue(reader.index - before <= Math.min(available, limit));
            assertEquals(reader.modelPosition(), reader.consumer.position());
        }

        /** Drains everything: no entry is lost, and the whole ring is free again. */
        void finish() {
            ring.commit();
            published = entries.size();
            for (final Reader reader : readers) {
                reader.refuseAt = -1;
                while (reader.consumer.drain(reader, Integer.MAX_VALUE) > 0) {
                    assertTrue(reader.index <= published);
                }
                assertEquals(published, reader.index);
                assertEquals(0, reader.consumer.lag());
            }
            assertTrue(published > STEPS / 50, "the run did something: " + published);
        }
    }
}
