package io.lockstep.core.trace;

import static io.lockstep.core.trace.Hop.NO_TIME;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Joins the time stamps of all agents into the journeys of commands: by (epoch, sequence), and in front of the stamp by
 * (session, client sequence), which the stamp knows too. Of a hop that a command passed more than once, since it was
 * offered again or since several replicas applied it, the one counts that brought the answer. Not for the hot path.
 */
public final class HopJoin {
    private static final int ANY = 0;

    private final Map<Key, HopRecord> first = new LinkedHashMap<>();
    private final Long2ObjectHashMap<AckTimes> commits = new Long2ObjectHashMap<>();
    private final List<Long2ObjectHashMap<AckTimes>> archives = new ArrayList<>();
    private final List<Key> released = new ArrayList<>();
    private final int quorum;
    private int traces;
    private long lost;

    private HopJoin(final int quorum) {
        this.quorum = quorum;
    }

    /** The name of a time stamp: which hop, of which gateway's trace or at which replica, and of what. */
    private record Key(Hop hop, int place, long first, long second) {}

    /**
     * Joins what rings held.
     *
     * @param traces of every agent; those that read the clock of another host must have been brought to one clock
     * @param quorum how many archives commit
     */
    public static HopJoin of(final List<HopTrace> traces, final int quorum) {
        final HopJoin join = new HopJoin(quorum);
        traces.forEach(join::add);
        return join;
    }

    /** Every command whose release is kept; those that lost a hop are there too. */
    public List<Journey> journeys() {
        return released.stream().map(this::journey).toList();
    }

    /** Time stamps that had given way to newer ones before the rings were read. */
    public long lost() {
        return lost;
    }

    private void add(final HopTrace trace) {
        final int gateway = ++traces; // if it is one: ids of gateways are not unique among processes
        lost += trace.lost();
        final Map<Key, HopRecord> arrivals = new LinkedHashMap<>();
        final Long2ObjectHashMap<AckTimes> positions = new Long2ObjectHashMap<>();
        for (final HopRecord record : trace.records()) {
            switch (record.hop()) {
                case GATEWAY_IN -> keep(command(record), record);
                case SEQUENCER_IN -> arrivals.put(command(record), record);
                case STAMPED -> {
                    keep(entry(ANY, record), record);
                    // What came in last before the stamp is what was stamped.
                    final HopRecord arrival = arrivals.remove(
                            new Key(Hop.SEQUENCER_IN, ANY, record.sessionId(), record.clientSequence()));
                    if (arrival != null) {
                        keep(new Key(Hop.SEQUENCER_IN, ANY, record.epoch(), record.sequence()), arrival);
                    }
                }
                case ARCHIVE_ACKED -> {
                    if (record.sequence() == 0) {
                        acks(positions, record.epoch(), trace).add(record.detail(), record.nanoTime());
                    } else {
                        acks(commits, gateway, trace).add(record.sequence(), record.nanoTime());
                    }
                }
                case RELEASED -> {
                    if (keep(entry(gateway, record), record)) {
                        released.add(entry(gateway, record));
                    }
                }
                case GATEWAY_OUT -> keep(entry(gateway, record), record);
                default -> keep(entry(trace.memberId(), record), record);
            }
        }
        if (!positions.isEmpty()) {
            archives.add(positions);
        }
    }

    /** Keeps the earliest of a name; true if it is the first of it. */
    private boolean keep(final Key key, final HopRecord record) {
        final HopRecord before = first.get(key);
        if (before == null || record.nanoTime() - before.nanoTime() < 0) {
            first.put(key, record);
        }
        return before == null;
    }

    private Journey journey(final Key key) {
        final long epoch = key.first();
        final long sequence = key.second();
        final HopRecord release = first.get(key);
        final HopRecord stamped = first.get(new Key(Hop.STAMPED, ANY, epoch, sequence));
        final HopRecord out = first.get(new Key(Hop.GATEWAY_OUT, key.place(), epoch, sequence));
        final int replicaId = out == null ? 0 : (int) out.detail();
        final Map<Hop, Long> times = new EnumMap<>(Hop.class);
        put(times, release);
        put(times, out);
        put(times, stamped);
        put(times, first.get(new Key(Hop.SEQUENCER_IN, ANY, epoch, sequence)));
        for (final Hop hop : List.of(Hop.REPLICA_IN, Hop.APPLIED, Hop.OUTPUT_OUT)) {
            put(times, first.get(new Key(hop, replicaId, epoch, sequence)));
        }
        if (stamped != null) {
            put(times, first.get(new Key(Hop.GATEWAY_IN, ANY, stamped.sessionId(), stamped.clientSequence())));
        }
        final AckTimes committed = commits.get(key.place());
        times.put(Hop.ARCHIVE_ACKED, committed == null ? NO_TIME : committed.first(sequence));
        return new Journey(stamped, release, replicaId, ackSentNs(stamped), times);
    }

    /** When the last archive of the first quorum sent its acknowledgement. */
    private long ackSentNs(final HopRecord stamped) {
        if (stamped == null) {
            return NO_TIME;
        }
        final long[] sent = archives.stream()
                .map(archive -> archive.get(stamped.epoch()))
                .mapToLong(acks -> acks == null ? NO_TIME : acks.first(stamped.detail()))
                .filter(time -> time != NO_TIME)
                .sorted()
                .toArray();
        return sent.length < quorum ? NO_TIME : sent[quorum - 1];
    }

    private static void put(final Map<Hop, Long> times, final HopRecord record) {
        if (record != null) {
            times.put(record.hop(), record.nanoTime());
        }
    }

    private static AckTimes acks(
            final Long2ObjectHashMap<AckTimes> map, final long name, final HopTrace trace) {
        return map.computeIfAbsent(name, absent -> new AckTimes(trace.lost() == 0));
    }

    private static Key command(final HopRecord record) {
        return new Key(record.hop(), ANY, record.sessionId(), record.clientSequence());
    }

    private static Key entry(final int place, final HopRecord record) {
        return new Key(record.hop(), place, record.epoch(), record.sequence());
    }
}
