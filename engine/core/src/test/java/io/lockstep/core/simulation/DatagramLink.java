package io.lockstep.core.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.agrona.concurrent.UnsafeBuffer;

/** A multicast group: each receiver gets each message, or does not, or twice, late and out of order. */
final class DatagramLink extends SimulatedPublisher {
    private final List<Member> members = new ArrayList<>();
    private long sent;

    DatagramLink(final Faults faults) {
        super(faults);
    }

    /** One datagram on its way. */
    private record Datagram(long atNs, long order, UnsafeBuffer message) {}

    /** A member of the group. */
    static final class Member {
        private final PriorityQueue<Datagram> waiting = new PriorityQueue<>(
                Comparator.comparingLong(Datagram::atNs).thenComparingLong(Datagram::order));
        private final Faults faults;

        private Member(final Faults faults) {
            this.faults = faults;
        }

        void poll(final Receiver receiver) {
            while (!waiting.isEmpty() && waiting.peek().atNs <= faults.elapsedNs()) {
                final UnsafeBuffer message = waiting.peek().message;
                if (!receiver.onMessage(message, 0, message.capacity())) {
                    return;
                }
                waiting.poll();
            }
        }
    }

    Member join() {
        final Member member = new Member(faults);
        members.add(member);
        return member;
    }

    void leave(final Member member) {
        members.remove(member);
    }

    @Override
    long take(final UnsafeBuffer message) {
        for (final Member member : members) {
            for (int copies = faults.drops() ? 0 : faults.duplicates() ? 2 : 1; copies > 0; copies--) {
                member.waiting.add(new Datagram(faults.elapsedNs() + faults.delayNs(), sent++, message));
            }
        }
        return ++sent;
    }
}
