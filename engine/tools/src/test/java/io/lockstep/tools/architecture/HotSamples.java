package io.lockstep.tools.architecture;

import io.lockstep.codecs.HotPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.agrona.collections.LongHashSet;

/** What may and what may not stand in a hot class, one sample each; see {@link HotPathTest}. None of it is ever run. */
final class HotSamples {
    private HotSamples() {}

    @HotPath
    static final class Fast {
        private final LongHashSet seen = new LongHashSet(16);
        private final long[] values = new long[16];
        private final List<String> names = new ArrayList<>();

        boolean sample(final long value) {
            if (!names.isEmpty() && names.get(0).isEmpty()) {
                return false;
            }
            if (value < 0) {
                throw new IllegalStateException("value=" + value);
            }
            Thread.onSpinWait();
            values[(int) (value & 15)] = value;
            return seen.add(value);
        }
    }

    static final class Cold {
        private final List<String> names = new ArrayList<>();

        synchronized String sample(final long value) {
            names.add(String.format("%d", value));
            return names.get(0);
        }
    }

    @HotPath
    static final class Locks {
        private final ReentrantLock lock = new ReentrantLock();

        boolean sample() {
            return lock.isLocked();
        }
    }

    @HotPath
    static final class Streams {
        long sample(final long[] values) {
            return LongStream.of(values).sum();
        }
    }

    @HotPath
    static final class Formats {
        String sample(final long value) {
            return String.format("%d", value);
        }
    }

    @HotPath
    static final class Prints {
        void sample() {
            System.out.println();
        }
    }

    @HotPath
    static final class Logs {
        private final Logger logger = Logger.getLogger("sample");

        void sample() {
            logger.info("sample");
        }
    }

    @HotPath
    static final class WalksList {
        private final List<String> names = new ArrayList<>();

        int sample() {
            int length = 0;
            for (final String name : names) {
                length += name.length();
            }
            return length;
        }
    }

    @HotPath
    static final class KeepsMap {
        private Map<String, String> names;

        int sample() {
            return names.size();
        }
    }

    @HotPath
    static final class Sleeps {
        void sample() {
            LockSupport.parkNanos(1);
        }
    }

    @HotPath
    static final class Outer {
        private final Inner inner = new Inner();

        int sample() {
            return inner.sample();
        }

        static final class Inner {
            private Map<String, String> names;

            int sample() {
                return names.size();
            }
        }
    }
}
