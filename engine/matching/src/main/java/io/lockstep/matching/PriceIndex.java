package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * Finds the levels of one side of a book by key, and the next one behind a key. Key 0 is the best price the symbol
 * allows on that side and larger keys are worse, so both sides read the same way.
 *
 * <p>A radix tree of six bits a step, as deep as the symbol's range of prices needs (24 bits: four steps), with a bit
 * map in every node, so the next level is found by counting zeros. Its cost depends on that depth alone, neither on how
 * many levels there are nor on how far apart they lie; and since trading happens within 64 ticks of where it happened
 * last, the leaf used last is remembered and most calls touch nothing else.
 */
@HotPath
final class PriceIndex {
    /** No level: as a handle of a level and as a child of a node. */
    static final int NONE = 0;

    private static final int STEP = 6;
    private static final int SLOT_MASK = 63;

    private final PriceNodes nodes;
    private final int topShift;
    private final int root;
    private final int[] path;
    private long leafPrefix = -1;
    private int leaf;

    PriceIndex(final PriceNodes nodes, final long maxKey) {
        this.nodes = nodes;
        final int depth = depth(maxKey);
        topShift = (depth - 1) * STEP;
        path = new int[depth];
        root = nodes.take();
    }

    /** How many steps lead to a level where keys go up to {@code maxKey}. */
    static int depth(final long maxKey) {
        final int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(maxKey));
        return (bits + STEP - 1) / STEP;
    }

    /** The level of a key, or {@link #NONE}. */
    int find(final long key) {
        return reach(key) ? nodes.child(leaf, slot(key, 0)) : NONE;
    }

    void put(final long key, final int level) {
        if (!reach(key)) {
            int node = root;
            for (int shift = topShift; shift > 0; shift -= STEP) {
                final int slot = slot(key, shift);
                int child = nodes.child(node, slot);
                if (child == PriceNodes.NONE) {
                    child = nodes.take();
                    nodes.put(node, slot, child);
                }
                node = child;
            }
            remember(key, node);
        }
        nodes.put(leaf, slot(key, 0), level);
    }

    void remove(final long key) {
        if (!reach(key)) {
            throw new IllegalStateException("no level at key " + key);
        }
        if (nodes.remove(leaf, slot(key, 0)) && topShift > 0) {
            leafPrefix = -1;
            prune(key);
        }
    }

    /** The level with the smallest key above {@code key}, or {@link #NONE}. */
    int after(final long key) {
        if ((key >>> STEP) == leafPrefix) {
            final long behind = nodes.bits(leaf) & behind(slot(key, 0));
            if (behind != 0) {
                return nodes.child(leaf, Long.numberOfTrailingZeros(behind));
            }
        }
        return search(key);
    }

    private int search(final long key) {
        int node = root;
        int shift = topShift;
        int depth = 0;
        path[0] = root;
        while (shift > 0) {
            node = nodes.child(node, slot(key, shift));
            if (node == PriceNodes.NONE) {
                break;
            }
            shift -= STEP;
            path[++depth] = node;
        }
        shift = topShift - depth * STEP;
        while (depth >= 0) {
            final long behind = nodes.bits(path[depth]) & behind(slot(key, shift));
            if (behind != 0) {
                return first(nodes.child(path[depth], Long.numberOfTrailingZeros(behind)), shift);
            }
            depth--;
            shift += STEP;
        }
        return NONE;
    }

    /** The first level under a child that hangs in a node of the given shift. */
    private int first(final int child, final int shift) {
        int node = child;
        for (int left = shift; left > 0; left -= STEP) {
            node = nodes.child(node, Long.numberOfTrailingZeros(nodes.bits(node)));
        }
        return node;
    }

    /** Finds the leaf of a key and remembers it; false if there is none. */
    private boolean reach(final long key) {
        if ((key >>> STEP) == leafPrefix) {
            return true;
        }
        int node = root;
        for (int shift = topShift; shift > 0; shift -= STEP) {
            node = nodes.child(node, slot(key, shift));
            if (node == PriceNodes.NONE) {
                return false;
            }
        }
        remember(key, node);
        return true;
    }

    private void remember(final long key, final int node) {
        leafPrefix = key >>> STEP;
        leaf = node;
    }

    /** Gives back the empty leaf of a key and every node that is empty without it. */
    private void prune(final long key) {
        int depth = 0;
        path[0] = root;
        for (int shift = topShift; shift > 0; shift -= STEP) {
            path[depth + 1] = nodes.child(path[depth], slot(key, shift));
            depth++;
        }
        int shift = STEP;
        boolean isEmpty = true;
        while (isEmpty && depth > 0) {
            nodes.give(path[depth]);
            depth--;
            isEmpty = nodes.remove(path[depth], slot(key, shift));
            shift += STEP;
        }
    }

    private static int slot(final long key, final int shift) {
        return (int) (key >>> shift) & SLOT_MASK;
    }

    /** The bits of the slots behind a slot; none behind the last. */
    private static long behind(final int slot) {
        return -2L << slot;
    }
}
