package io.lockstep.simulator;

import io.lockstep.codecs.EntryFrame;
import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.protocol.EntryKind;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.sequencer.SessionReplay;
import io.lockstep.core.sequencer.SessionTable;
import io.lockstep.core.takeover.LedgerEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the log as it has been decided and compares it with what clients offered and were answered. */
final class LogCheck {
    private final Simulation sim;
    private final Map<String, UnsafeBuffer> commands = new HashMap<>();
    private long sequence;

    LogCheck(final Simulation sim) {
        this.sim = sim;
    }

    /** The log's last sequence. */
    long check() {
        final EntryReader entry = new EntryReader();
        final SessionReplay replay = new SessionReplay(new SessionTable(64));
        long timeNs = 0;
        final List<LedgerEntry> chain = sim.invariants().chain();
        for (int i = 0; i < chain.size(); i++) {
            final SimStream stream = sim.invariants().stream(chain.get(i).epoch());
            final int end = stream == null ? 0 : end(chain, i, stream);
            for (int k = 0; k < end; k++) {
                final UnsafeBuffer bytes = stream.message(k);
                entry.wrap(bytes, 0);
                if (!EntryFrame.isIntact(bytes, 0, bytes.capacity())
                        || entry.sequence() != sequence + 1
                        || entry.timeNs() < timeNs) {
                    throw new SimulationFailure("the log is broken at epoch=" + stream.epoch() + " index=" + k);
                }
                sequence++;
                timeNs = entry.timeNs();
                replay.onEntry(entry); // throws where a client sequence is skipped or doubled
                if (entry.kind() == EntryKind.COMMAND) {
                    commands.put(
                            name(entry.sessionId(), entry.clientSequence()),
                            new UnsafeBuffer(bytes, entry.bodyOffset(), entry.bodyLength()));
                }
            }
        }
        sim.gateways().forEach(gateway -> gateway.clients().forEach(this::checkClient));
        return sequence;
    }

    private static int end(final List<LedgerEntry> chain, final int index, final SimStream stream) {
        for (int i = index + 1; i < chain.size(); i++) {
            final LedgerEntry later = chain.get(i);
            if (later.previousEpoch() == stream.epoch()) {
                return stream.countUpTo(later.previousEndPosition());
            }
            if (later.previousEpoch() < stream.epoch()) {
                return 0;
            }
        }
        return stream.count();
    }

    /** What was answered is there with the bytes that were offered; and what is there was offered so. */
    private void checkClient(final GatewayProcess.Client client) {
        final GatewaySession session = client.session;
        for (int i = 0; i < client.offered.size(); i++) {
            final long clientSequence = client.firstClientSequence + i;
            final UnsafeBuffer found = commands.get(name(session.sessionId(), clientSequence));
            if (clientSequence <= client.answered && found == null) {
                throw new SimulationFailure("an answered command is not in the log: session=" + session.sessionId()
                        + " client sequence=" + clientSequence);
            }
            if (clientSequence <= client.answered && !client.offered.get(i).equals(found)) {
                throw new SimulationFailure("an answered command has other bytes in the log: session="
                        + session.sessionId() + " client sequence=" + clientSequence);
            }
        }
    }

    private static String name(final long sessionId, final long clientSequence) {
        return sessionId + "/" + clientSequence;
    }
}
