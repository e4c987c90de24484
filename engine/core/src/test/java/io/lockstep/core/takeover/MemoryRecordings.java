package io.lockstep.core.takeover;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Recordings that a test fills, and that do what they are told when the test says so. */
final class MemoryRecordings implements Recordings {
    final TreeMap<Long, Held> epochs = new TreeMap<>();
    final List<String> orders = new ArrayList<>();
    long sealedEpoch;
    private LastEntry lastEntry;
    private Runnable pending;
    private Runnable pendingSeal;
    private long ticket;
    private long sealTicket;

    /** One epoch's recording; an entry takes 100 bytes. */
    static final class Held {
        EpochHead head;
        long position;
        boolean active;
    }

    Held hold(final long epoch, final long position, final long previousEpoch, final long previousEnd) {
        final Held held = new Held();
        held.head = new EpochHead(epoch, 7, previousEpoch, previousEnd, previousEnd / 100);
        held.position = position;
        epochs.put(epoch, held);
        return held;
    }

    List<String> orders() {
        final List<String> copy = new ArrayList<>(orders);
        orders.clear();
        return copy;
    }

    /** Carries out the order that is under way. */
    void carryOut(final ArchiveMember member) {
        final Runnable now = pending;
        pending = null;
        now.run();
        member.onDone(ticket, true);
    }

    void fail(final ArchiveMember member) {
        pending = null;
        member.onDone(ticket, false);
    }

    void carryOutSeal(final ArchiveMember member) {
        pendingSeal.run();
        member.onDone(sealTicket, true);
    }

    @Override
    public long newestEpoch() {
        return epochs.isEmpty() ? 0 : epochs.lastKey();
    }

    @Override
    public long newestEpochBelow(final long epoch) {
        final Long below = epochs.lowerKey(epoch);
        return below == null ? 0 : below;
    }

    @Override
    public EpochHead head(final long epoch) {
        return epochs.containsKey(epoch) ? epochs.get(epoch).head : null;
    }

    @Override
    public long recordedPosition(final long epoch) {
        return epochs.containsKey(epoch) ? epochs.get(epoch).position : 0;
    }

    @Override
    public long syncedPosition(final long epoch) {
        return 0;
    }

    @Override
    public boolean isActive(final long epoch) {
        return epochs.containsKey(epoch) && epochs.get(epoch).active;
    }

    @Override
    public long sealedEpoch() {
        return sealedEpoch;
    }

    @Override
    public void seal(final long newTicket, final long epoch) {
        orders.add("register " + epoch);
        sealTicket = newTicket;
        pendingSeal = () -> sealedEpoch = epoch;
    }

    @Override
    public void stop(final long newTicket, final long epoch) {
        order(newTicket, "stop " + epoch, () -> epochs.get(epoch).active = false);
    }

    @Override
    public void readEnd(final long newTicket, final long epoch) {
        order(newTicket, "read " + epoch, () -> {
            final long position = epochs.get(epoch).position;
            lastEntry = new LastEntry(epoch, position, position / 100, 0, 1);
        });
    }

    @Override
    public LastEntry lastEntry() {
        return lastEntry;
    }

    @Override
    public void truncate(final long newTicket, final long epoch, final long position) {
        order(newTicket, "truncate " + epoch + " to " + position, () -> {
            epochs.get(epoch).position = position;
            if (position == 0) {
                epochs.remove(epoch);
            }
        });
    }

    @Override
    public void fetch(final long newTicket, final long epoch, final long position, final int fromArchiveId) {
        final String to = position == LIVE ? "live" : Long.toString(position);
        order(newTicket, "fetch " + epoch + " to " + to + " from " + fromArchiveId, () -> {
            if (position != LIVE) {
                epochs.get(epoch).position = position;
            } else {
                epochs.get(epoch).active = true;
            }
        });
    }

    private void order(final long newTicket, final String text, final Runnable action) {
        orders.add(text);
        ticket = newTicket;
        pending = action;
    }
}
