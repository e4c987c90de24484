package io.lockstep.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index of prices against a sorted map, over ranges of every depth; rerun by {@code -Dseed=}. */
final class PriceIndexPropertyTest {
    private static final int STEPS = 40_000;
    private static final int NODES = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 4095, 4096, 1 << 24, 1L << 41})
    void agreesWithASortedMap(final long maxKey) {
        final long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PriceIndexPropertyTest seed=" + seed + " maxKey=" + maxKey);
        final Random random = new Random(seed);
        final PriceNodes nodes = new PriceNodes(NODES);
        final PriceIndex index = new PriceIndex(nodes, maxKey);
        final PriceIndex other = new PriceIndex(nodes, maxKey);
        final TreeMap<Long, Integer> plain = new TreeMap<>();
        other.put(maxKey, 77);

        for (int i = 0; i < STEPS; i++) {
            final String where = "seed=" + seed + " maxKey=" + maxKey + " step=" + i;
            final long key = key(random, maxKey, plain);
            final Integer level = plain.get(key);
            assertEquals(level == null ? PriceIndex.NONE : level, index.find(key), where);
            // Grow and shrink in turns, so that nodes come and go at every depth.
            final boolean isGrowing = (i / 2000) % 2 == 0;
            if (level == null && plain.size() < 300 && random.nextInt(4) < (isGrowing ? 4 : 1)) {
                index.put(key, i + 1);
                plain.put(key, i + 1);
            } else if (level != null && random.nextInt(4) < (isGrowing ? 1 : 4)) {
                index.remove(key);
                plain.remove(key);
            }
            final long from = key(random, maxKey, plain);
            final Map.Entry<Long, Integer> after = plain.higherEntry(from);
            assertEquals(after == null ? PriceIndex.NONE : after.getValue(), index.after(from), where);
        }

        while (!plain.isEmpty()) {
            index.remove(plain.pollFirstEntry().getKey());
        }
        assertEquals(77, other.find(maxKey));
        other.remove(maxKey);
        assertEquals(NODES - 2, nodes.free(), "all nodes but the two roots are free again");
    }

    private static long key(final Random random, final long maxKey, final NavigableMap<Long, Integer> plain) {
        final long uniform = (random.nextLong() >>> 1) % (maxKey + 1);
        return switch (random.nextInt(4)) {
            case 0 -> uniform;
            case 1 -> plain.isEmpty() ? 0 : nearby(random, plain.firstKey(), maxKey);
            case 2 -> plain.isEmpty() ? maxKey : nearby(random, plain.lastKey(), maxKey);
            default -> plain.isEmpty() || plain.ceilingKey(uniform) == null ? uniform : plain.ceilingKey(uniform);
        };
    }

    private static long nearby(final Random random, final long key, final long maxKey) {
        return Math.max(0, Math.min(maxKey, key - 70 + random.nextInt(140)));
    }
}
