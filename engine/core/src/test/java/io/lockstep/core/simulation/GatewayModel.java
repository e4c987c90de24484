package io.lockstep.core.simulation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.client.SessionState;
import io.lockstep.core.fixture.Messages;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** One gateway process with its clients, who open sessions, trade, close them, and take each other's over. */
final class GatewayModel implements GatewayListener {
    private static final int CLIENT_IDS = 6;
    private static final int MOST_SESSIONS = 3;
    private static final int MOST_OFFERED = 60;

    private final CoreLoop loop;
    private final Faults faults;
    private final Gateway gateway;
    private final LogReader reader;
    private final DatagramLink.Member control;
    private final List<ImageLink.Image> images = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Client.Released> everyone = new ArrayList<>();
    private final Receiver onControl;
    private final Receiver onOutput;
    private long firstOpened;
    private long commit;
    private long pausedUntilNs;

    GatewayModel(final CoreLoop loop, final long incarnation) {
        this.loop = loop;
        this.faults = loop.faults();
        this.control = loop.control().join();
        gateway = new Gateway(
                new GatewayConfiguration(
                        Messages.CLUSTER,
                        incarnation,
                        CoreLoop.ARCHIVES,
                        16,
                        4_096,
                        2 << 20,
                        1 << 14,
                        1_000_000,
                        1_000_000,
                        1_000_000),
                loop.ingress(),
                loop.control(),
                this);
        reader = loop.faults().random.nextBoolean()
                ? new LogReader(faults, loop.stream(), loop.anyArchive())
                : new LogReader(faults, loop.stream());
        loop.replicas().forEach(replica -> images.add(replica.outputs().join()));
        onControl = (buffer, offset, length) -> {
            gateway.onControl(buffer, offset, length);
            return true;
        };
        onOutput = gateway::onOutput;
    }

    List<Client> clients() {
        return clients;
    }

    List<Client.Released> everyone() {
        return everyone;
    }

    /** Sequence of the opening of the first session that opened; 0 if none did. */
    long firstOpened() {
        return firstOpened;
    }

    Gateway gateway() {
        return gateway;
    }

    void die() {
        clients.forEach(client -> client.abandoned = client.end == null);
        loop.control().leave(control);
    }

    void cycle() {
        if (faults.once(800)) {
            pausedUntilNs = faults.elapsedNs() + faults.random.nextInt(4_000_000);
        }
        if (!faults.isHealed() && faults.elapsedNs() < pausedUntilNs) {
            return;
        }
        control.poll(onControl);
        pollLog();
        for (final ImageLink.Image image : images) {
            if (faults.once(2_000)) {
                image.lose();
            }
            image.poll(onOutput);
        }
        gateway.onDutyCycle(faults.nanoTime());
        assertTrue(gateway.commitSequence() >= commit, "commit moved back");
        commit = gateway.commitSequence();
        if (!faults.isHealed()) {
            trade();
        }
    }

    private void pollLog() {
        if (faults.once(1_000)) {
            reader.lose(loop.anyArchive());
        }
        for (LogStream.Appended next = reader.peek(); next != null; next = reader.peek()) {
            if (!gateway.onEntry(next.entry(), 0, next.endPosition())) {
                return;
            }
            reader.advance();
        }
    }

    private void trade() {
        final long open = clients.stream().filter(client -> client.end == null).count();
        if (open < MOST_SESSIONS && faults.once(open == 0 ? 10 : 300)) {
            clients.add(new Client(gateway.open(1 + faults.random.nextInt(CLIENT_IDS))));
        }
        for (final Client client : clients) {
            if (client.session.state() == SessionState.OPEN
                    && client.offered.size() < MOST_OFFERED
                    && faults.random.nextInt(6) == 0) {
                offer(client);
            }
            if (faults.once(1_500)) {
                client.session.close();
            }
        }
    }

    private void offer(final Client client) {
        final int length = 8 + faults.random.nextInt(faults.random.nextInt(20) == 0 ? 1_500 : 100);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[length]);
        body.putLong(0, faults.random.nextLong());
        final long clientSequence = client.session.offer(body, 0, length);
        if (clientSequence > 0) {
            client.offered.add(new Client.Offered(clientSequence, body));
        }
    }

    /** Whether everything its sessions took is committed, and those that were to close have. */
    boolean isQuiet() {
        for (final Client client : clients) {
            final SessionState state = client.session.state();
            final boolean busy = state == SessionState.OPEN
                    && client.session.committedClientSequence() < client.session.nextClientSequence() - 1;
            if (busy || (state != SessionState.OPEN && state != SessionState.ENDED)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        text.append(gateway.sequence()).append(" commit=").append(gateway.commitSequence());
        text.append(" ahead=").append(gateway.ahead()).append(" requests=").append(gateway.outputRequests());
        for (final Client client : clients) {
            final GatewaySession session = client.session;
            text.append(" [").append(session.clientId()).append(' ').append(session.state());
            text.append(" id=").append(session.sessionId()).append(" open=").append(session.openSequence());
            text.append(" next=").append(session.nextClientSequence());
            text.append(" sequenced=").append(session.sequencedClientSequence());
            text.append(" committed=").append(session.committedClientSequence()).append(']');
        }
        return text.toString();
    }

    @Override
    public void onOpened(final GatewaySession session) {
        final Client client = client(session);
        assertTrue(!client.opened && client.end == null, "opened twice");
        client.opened = true;
        if (firstOpened == 0) {
            firstOpened = session.openSequence();
        }
    }

    @Override
    public void onOutput(final GatewaySession session, final Output output) {
        final UnsafeBuffer body = new UnsafeBuffer(new byte[output.length()]);
        body.putBytes(0, output.buffer(), output.offset(), output.length());
        final Client.Released released =
                new Client.Released(output.outputSequence(), output.inputSequence(), output.grade(), body);
        loop.assertCommitted(output.inputSequence(), output.grade());
        assertTrue(
                output.grade() == DeliveryGrade.SIGHT || output.inputSequence() <= gateway.commitSequence(),
                "released before its commit");
        if (session == null) {
            everyone.add(released);
        } else {
            final Client client = client(session);
            assertTrue(client.end == null, "released after the end");
            client.released.add(released);
        }
    }

    @Override
    public void onClosed(final GatewaySession session, final SessionEnd reason) {
        final Client client = client(session);
        assertTrue(client.end == null, "ended twice");
        client.end = reason;
    }

    private Client client(final GatewaySession session) {
        return clients.stream()
                .filter(client -> client.session == session)
                .findFirst()
                .orElseThrow();
    }
}
