package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * The hash of one resting order. The exchange's hash is the sum over its orders, so it is kept by adding and
 * subtracting and does not depend on the order in which they came.
 */
@HotPath
final class StateHash {
    private StateHash() {}

    /** Of everything an order's future depends on: where it stands, whose it is, what is left and when it came. */
    static long of(final OrderPool orders, final int order, final int symbolId, final boolean isBuy, final long price) {
        return scatter(orders.sessionId(order) * 0x9E37_79B9_7F4A_7C15L
                + orders.orderId(order) * 0xC2B2_AE3D_27D4_EB4FL
                + orders.ownerId(order) * 0xD6E8_FEB8_6659_FD93L
                + orders.openLots(order) * 0xA076_1D64_78BD_642FL
                + orders.priority(order) * 0xE703_7ED1_A0B4_28DBL
                + price * 0x8EBC_6AF0_9C88_C6E3L
                + (symbolId * 2L + (isBuy ? 0 : 1)) * 0x5899_65CC_7537_4CC3L);
    }

    /** Spreads every bit of a value over all bits of the result; the finaliser of MurmurHash3, one to one. */
    static long scatter(final long value) {
        long hash = value;
        hash = (hash ^ (hash >>> 33)) * 0xFF51_AFD7_ED55_8CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CE_B9FE_1A85_EC53L;
        return hash ^ (hash >>> 33);
    }
}
