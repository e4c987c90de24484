package io.lockstep.core;

import java.io.File;
import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Logger;
import org.agrona.concurrent.SystemEpochClock;

/** What may not stand in the core, one sample each; see {@link PurityTest}. None of it is ever run. */
final class ImpureSamples {
    private ImpureSamples() {}

    static final class ReadsClock {
        long sample() {
            return System.nanoTime();
        }
    }

    static final class ReadsWallClock {
        Instant sample() {
            return Instant.now();
        }
    }

    static final class ReadsProperty {
        String sample() {
            return System.getProperty("a");
        }
    }

    static final class ReadsFlag {
        boolean sample() {
            return Boolean.getBoolean("a");
        }
    }

    static final class ReadsAgronaClock {
        long sample() {
            return SystemEpochClock.INSTANCE.time();
        }
    }

    static final class DrawsNumber {
        private final Random random = new Random(1);

        int sample() {
            return random.nextInt();
        }
    }

    static final class DrawsFromMath {
        double sample() {
            return Math.random();
        }
    }

    static final class DrawsName {
        UUID sample() {
            return UUID.randomUUID();
        }
    }

    static final class StartsThread {
        Thread sample() {
            return new Thread(this::sample);
        }
    }

    static final class HoldsAtomic {
        private final AtomicLong value = new AtomicLong();

        long sample() {
            return value.get();
        }
    }

    static final class OpensFile {
        File sample() {
            return new File("a");
        }
    }

    static final class OpensPath {
        Path sample() {
            return Path.of("a");
        }
    }

    static final class OpensSocket {
        private DatagramSocket socket;

        int sample() {
            return socket.getPort();
        }
    }

    static final class Prints {
        void sample() {
            System.out.println();
        }
    }

    static final class Logs {
        private final Logger logger = Logger.getLogger("a");

        void sample() {
            logger.info("a");
        }
    }

    static final class IteratesHashMap {
        private final Map<String, String> map = new HashMap<>();

        void sample(final Runnable each) {
            map.keySet().forEach(key -> each.run());
        }
    }

    static final class IteratesSetOf {
        void sample(final Runnable each) {
            Set.of(1, 2, 3).forEach(key -> each.run());
        }
    }

    static final class HashesIdentity {
        int sample() {
            return System.identityHashCode(this);
        }
    }
}
