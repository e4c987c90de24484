package io.lockstep.simulator;

import java.util.Arrays;

/** Virtual time: hands out events in the order of their times, those of one time in the order they were made. */
final class Scheduler {
    private Event[] heap = new Event[1024];
    private Event[] free = new Event[1024];
    private int size;
    private int freeCount;
    private long ordinal;
    private long nowNs;

    long nowNs() {
        return nowNs;
    }

    /** An event that belongs to a process, if any, and dies with it; the caller fills in the rest. */
    Event at(final long timeNs, final SimProcess process, final Event.Action action) {
        final Event event = freeCount > 0 ? free[--freeCount] : new Event();
        event.process = process;
        event.generation = process == null ? 0 : process.generation();
        event.action = action;
        event.timeNs = Math.max(timeNs, nowNs);
        insert(event);
        return event;
    }

    /** Runs the next event; false if there is none. */
    boolean step() {
        if (size == 0) {
            return false;
        }
        final Event event = removeFirst();
        nowNs = event.timeNs;
        final SimProcess process = event.process;
        if (process != null && process.generation() == event.generation && process.pausedUntilNs() > nowNs) {
            event.timeNs = process.pausedUntilNs();
            insert(event);
            return true;
        }
        if (process == null || process.generation() == event.generation) {
            event.action.run(event);
        }
        event.message = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = event;
        return true;
    }

    private void insert(final Event event) {
        event.ordinal = ordinal++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int at = size++;
        while (at > 0) {
            final int parent = (at - 1) >>> 1;
            if (!isBefore(event, heap[parent])) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = event;
    }

    private Event removeFirst() {
        final Event first = heap[0];
        final Event last = heap[--size];
        heap[size] = null;
        if (size > 0) {
            int at = 0;
            int child = 1;
            while (child < size) {
                if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!isBefore(heap[child], last)) {
                    break;
                }
                heap[at] = heap[child];
                at = child;
                child = 2 * at + 1;
            }
            heap[at] = last;
        }
        return first;
    }

    private static boolean isBefore(final Event a, final Event b) {
        return a.timeNs < b.timeNs || (a.timeNs == b.timeNs && a.ordinal < b.ordinal);
    }
}
