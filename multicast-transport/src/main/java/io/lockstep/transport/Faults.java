package io.lockstep.transport;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a context, so that one exception tells all of it. */
final class Faults {
    private final String subject;
    private final List<String> faults = new ArrayList<>();

    Faults(final String subject) {
        this.subject = subject;
    }

    void check(final boolean isGood, final String fault) {
        if (!isGood) {
            faults.add(fault);
        }
    }

    void inRange(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            faults.add(name + "=" + value + " is not within " + min + " to " + max);
        }
    }

    void powerOfTwo(final String name, final int value, final int min, final int max) {
        if (value < min || value > max || Integer.bitCount(value) != 1) {
            faults.add(name + "=" + value + " is not a power of two within " + min + " to " + max);
        }
    }

    void addAll(final List<String> more) {
        faults.addAll(more);
    }

    List<String> list() {
        return faults;
    }

    void throwIfAny() {
        if (!faults.isEmpty()) {
            final String count = faults.size() == 1 ? " has 1 fault: " : " has " + faults.size() + " faults: ";
            throw new IllegalStateException(subject + count + String.join("; ", faults));
        }
    }
}
