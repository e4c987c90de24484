package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * The nodes of all price indexes: 64 children each and a bit for every child there is, named by a handle from 1; taken
 * at the start and never grown. A free node is all zero but for the chain of free ones in its first child.
 */
@HotPath
final class PriceNodes {
    /** The handle of no node. */
    static final int NONE = 0;

    private static final int SHIFT = 6;
    private static final int SLOT_MASK = 63;

    private final long[] bits;
    private final int[] children;
    private int firstFree = 1;
    private int free;

    PriceNodes(final int capacity) {
        bits = new long[capacity + 1];
        children = new int[(capacity + 1) << SHIFT];
        for (int node = 1; node < capacity; node++) {
            children[node << SHIFT] = node + 1;
        }
        free = capacity;
    }

    int free() {
        return free;
    }

    int take() {
        if (firstFree == NONE) {
            throw new IllegalStateException("no price node left of " + (bits.length - 1));
        }
        final int node = firstFree;
        firstFree = children[node << SHIFT];
        children[node << SHIFT] = NONE;
        free--;
        return node;
    }

    void give(final int node) {
        children[node << SHIFT] = firstFree;
        firstFree = node;
        free++;
    }

    long bits(final int node) {
        return bits[node];
    }

    int child(final int node, final int slot) {
        return children[(node << SHIFT) + (slot & SLOT_MASK)];
    }

    void put(final int node, final int slot, final int child) {
        children[(node << SHIFT) + slot] = child;
        bits[node] |= 1L << slot;
    }

    /** Takes a child out and answers whether none is left. */
    boolean remove(final int node, final int slot) {
        children[(node << SHIFT) + slot] = NONE;
        bits[node] &= ~(1L << slot);
        return bits[node] == 0;
    }
}
