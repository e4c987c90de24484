package io.lockstep.matching;

import io.lockstep.codecs.HotPath;

/**
 * All resting orders in one array, eight words each, named by a handle from 1; taken at the start and never grown. The
 * free ones are chained, the one freed last is given next, so that a quiet exchange stays in few cache lines.
 *
 * <pre>
 * word 0        1        2        3         4         5                6                7
 *      session  order id owner id open lots priority  queue            session's list   level, session slot
 *                                                     prev | next      prev | next      session slot | level
 * </pre>
 */
@HotPath
final class OrderPool {
    /** The handle of no order. */
    static final int NONE = 0;

    /** Links an order to its neighbours on its level. */
    static final int QUEUE_LINK = 5;

    /** Links an order to its neighbours in its session. */
    static final int SESSION_LINK = 6;

    private static final int SESSION = 0;
    private static final int ORDER_ID = 1;
    private static final int OWNER = 2;
    private static final int OPEN_LOTS = 3;
    private static final int PRIORITY = 4;
    private static final int PLACE = 7;
    private static final int SHIFT = 3;
    private static final long LOW = 0xFFFF_FFFFL;

    private final long[] words;
    private final int capacity;
    private int firstFree;
    private int count;

    OrderPool(final int capacity) {
        this.capacity = capacity;
        words = new long[(capacity + 1) << SHIFT];
        for (int handle = 1; handle < capacity; handle++) {
            next(QUEUE_LINK, handle, handle + 1);
        }
        firstFree = 1;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    int take(final long sessionId, final long orderId, final long ownerId) {
        if (firstFree == NONE) {
            throw new IllegalStateException("no order left of " + capacity);
        }
        final int handle = firstFree;
        firstFree = next(QUEUE_LINK, handle);
        count++;
        final int at = handle << SHIFT;
        words[at + SESSION] = sessionId;
        words[at + ORDER_ID] = orderId;
        words[at + OWNER] = ownerId;
        words[at + QUEUE_LINK] = 0;
        words[at + SESSION_LINK] = 0;
        return handle;
    }

    void give(final int handle) {
        final int at = handle << SHIFT;
        words[at + QUEUE_LINK] = firstFree;
        firstFree = handle;
        count--;
    }

    long sessionId(final int handle) {
        return words[(handle << SHIFT) + SESSION];
    }

    long orderId(final int handle) {
        return words[(handle << SHIFT) + ORDER_ID];
    }

    long ownerId(final int handle) {
        return words[(handle << SHIFT) + OWNER];
    }

    long openLots(final int handle) {
        return words[(handle << SHIFT) + OPEN_LOTS];
    }

    void openLots(final int handle, final long lots) {
        words[(handle << SHIFT) + OPEN_LOTS] = lots;
    }

    /** Larger came later. */
    long priority(final int handle) {
        return words[(handle << SHIFT) + PRIORITY];
    }

    void priority(final int handle, final long stamp) {
        words[(handle << SHIFT) + PRIORITY] = stamp;
    }

    int level(final int handle) {
        return (int) words[(handle << SHIFT) + PLACE];
    }

    void level(final int handle, final int level) {
        final int at = (handle << SHIFT) + PLACE;
        words[at] = (words[at] & ~LOW) | level;
    }

    int sessionSlot(final int handle) {
        return (int) (words[(handle << SHIFT) + PLACE] >>> Integer.SIZE);
    }

    void sessionSlot(final int handle, final int slot) {
        final int at = (handle << SHIFT) + PLACE;
        words[at] = (words[at] & LOW) | ((long) slot << Integer.SIZE);
    }

    int next(final int link, final int handle) {
        return (int) words[(handle << SHIFT) + link];
    }

    void next(final int link, final int handle, final int next) {
        final int at = (handle << SHIFT) + link;
        words[at] = (words[at] & ~LOW) | next;
    }

    int previous(final int link, final int handle) {
        return (int) (words[(handle << SHIFT) + link] >>> Integer.SIZE);
    }

    void previous(final int link, final int handle, final int previous) {
        final int at = (handle << SHIFT) + link;
        words[at] = (words[at] & LOW) | ((long) previous << Integer.SIZE);
    }

    void link(final int link, final int handle, final int previous, final int next) {
        words[(handle << SHIFT) + link] = ((long) previous << Integer.SIZE) | next;
    }
}
