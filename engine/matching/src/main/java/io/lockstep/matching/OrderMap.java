package io.lockstep.matching;

import io.lockstep.codecs.HotPath;
import org.agrona.BitUtil;

/**
 * Finds a resting order by session and order id: open addressing at a load of a half at most, linear probing, and
 * removal that moves later entries back, so that nothing is left behind. A slot holds 32 bits of the hash beside the
 * handle; an order itself is looked at only where those agree.
 */
@HotPath
final class OrderMap {
    private static final long SESSION_FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final long ORDER_FACTOR = 0xC2B2_AE3D_27D4_EB4FL;

    private final OrderPool orders;
    private final long seed;
    private final long[] slots;
    private final int mask;

    OrderMap(final OrderPool orders, final int maxOrders, final long seed) {
        this.orders = orders;
        this.seed = seed;
        slots = new long[BitUtil.findNextPositivePowerOfTwo(maxOrders) * 2];
        mask = slots.length - 1;
    }

    /** The handle of the order, or {@link OrderPool#NONE}. */
    int find(final long sessionId, final long orderId) {
        final int tag = tag(sessionId, orderId);
        int index = tag & mask;
        while (slots[index] != 0) {
            final long slot = slots[index];
            final int handle = (int) slot;
            if ((int) (slot >>> Integer.SIZE) == tag
                    && orders.orderId(handle) == orderId
                    && orders.sessionId(handle) == sessionId) {
                return handle;
            }
            index = (index + 1) & mask;
        }
        return OrderPool.NONE;
    }

    void add(final int handle) {
        final int tag = tag(orders.sessionId(handle), orders.orderId(handle));
        int index = tag & mask;
        while (slots[index] != 0) {
            index = (index + 1) & mask;
        }
        slots[index] = ((long) tag << Integer.SIZE) | handle;
    }

    void remove(final int handle) {
        int index = tag(orders.sessionId(handle), orders.orderId(handle)) & mask;
        while ((int) slots[index] != handle) {
            if (slots[index] == 0) {
                throw new IllegalStateException("order is not in the map: handle=" + handle);
            }
            index = (index + 1) & mask;
        }
        closeGap(index);
    }

    private void closeGap(final int removed) {
        int gap = removed;
        int index = (gap + 1) & mask;
        while (slots[index] != 0) {
            final int home = (int) (slots[index] >>> Integer.SIZE) & mask;
            // It may move back only if its home is not between the gap and where it stands.
            if (((index - home) & mask) >= ((index - gap) & mask)) {
                slots[gap] = slots[index];
                gap = index;
            }
            index = (index + 1) & mask;
        }
        slots[gap] = 0;
    }

    private int tag(final long sessionId, final long orderId) {
        return (int) StateHash.scatter(seed + sessionId * SESSION_FACTOR + orderId * ORDER_FACTOR);
    }
}
