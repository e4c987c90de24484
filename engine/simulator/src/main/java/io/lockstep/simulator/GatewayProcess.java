package io.lockstep.simulator;

import io.lockstep.codecs.EntryReader;
import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.client.Gateway;
import io.lockstep.core.client.GatewayConfiguration;
import io.lockstep.core.client.GatewayListener;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionEnd;
import io.lockstep.core.client.SessionState;
import io.lockstep.core.takeover.LogOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A gateway and its clients. When it dies its clients are gone too, and others come with the next incarnation. */
final class GatewayProcess extends SimProcess implements LogFeed.Sink, GatewayListener {
    private static final int CLIENT_IDS = 5;
    private static final int MOST_SESSIONS = 2;
    private static final int POSITIONS = 1 << 12;

    private final EntryReader reader = new EntryReader();
    private final List<Client> clients = new ArrayList<>();
    private long[] epochs = new long[POSITIONS];
    private LogOrder order;
    private LogFeed feed;
    private Gateway gateway;
    private long committed;
    private long probe;

    GatewayProcess(final Simulation sim, final int index) {
        super(sim, index);
    }

    /** What one session was given and what it was answered. */
    static final class Client {
        final GatewaySession session;
        final List<UnsafeBuffer> offered = new ArrayList<>();
        long firstClientSequence;
        long answered;
        boolean ended;
        long lastOutput;

        Client(final GatewaySession session) {
            this.session = session;
        }
    }

    List<Client> clients() {
        return clients;
    }

    Gateway gateway() {
        return gateway;
    }

    @Override
    void start() {
        for (final Client client : clients) {
            client.ended = true;
        }
        order = new LogOrder();
        feed = new LogFeed(sim, this, this);
        committed = 0;
        gateway = new Gateway(
                new GatewayConfiguration(
                        Simulation.CLUSTER,
                        incarnation(),
                        sim.archiveSet(),
                        16,
                        4_096,
                        2 << 20,
                        POSITIONS,
                        20_000_000,
                        100_000_000,
                        20_000_000),
                new SimStream(sim, this, SimStream.INGRESS),
                new SimStream(sim, this, SimStream.CONTROL),
                this);
        feed.readFrom(1);
    }

    @Override
    void cycle() {
        feed.cycle();
        gateway.onDutyCycle(nanoTime());
        checkCommit();
        if (sim.isTrading()) {
            trade();
        }
    }

    /** Whether everything that was taken is committed and answered. */
    boolean isQuiet() {
        for (final Client client : clients) {
            final SessionState state = client.session.state();
            if (!client.ended
                    && (state != SessionState.OPEN
                            || client.session.committedClientSequence() < client.session.nextClientSequence() - 1
                            || client.answered < client.session.nextClientSequence() - 1)) {
                return false;
            }
        }
        return true;
    }

    /** Offers one more command, to see that it is answered; false if it could not. */
    boolean offerProbe() {
        Client open = null;
        for (final Client client : clients) {
            if (!client.ended && client.session.state() == SessionState.OPEN) {
                open = client;
            } else if (!client.ended && client.session.state() != SessionState.CLOSING) {
                return false;
            }
        }
        if (open == null) {
            clients.add(new Client(gateway.open(1_000 + index + 16 * probe++)));
            return false;
        }
        return offer(open);
    }

    @Override
    boolean wants(final int kind) {
        return kind != SimStream.INGRESS;
    }

    @Override
    boolean onMessage(final int kind, final SimStream stream, final int messageIndex, final UnsafeBuffer message) {
        switch (kind) {
            case SimStream.CONTROL -> gateway.onControl(
                    sim.cores().control(message, gateway.epoch()), 0, message.capacity());
            case SimStream.OUTPUT -> {
                return gateway.onOutput(message, 0, message.capacity());
            }
            default -> {
                return feed.onLive(message, stream.end(messageIndex));
            }
        }
        checkCommit();
        return true;
    }

    @Override
    public long nextSequence() {
        return order.nextSequence();
    }

    @Override
    public long epoch() {
        return order.epoch();
    }

    @Override
    public boolean onLog(final UnsafeBuffer entry, final long endPosition, final boolean live) {
        reader.wrap(entry, 0);
        switch (sim.cores().judge(order, reader)) {
            case LogOrder.NEXT -> {
                final long sequence = reader.sequence();
                if (sequence >= epochs.length) {
                    epochs = Arrays.copyOf(epochs, (int) sequence * 2);
                }
                epochs[(int) sequence] = reader.epoch();
                if (!gateway.onEntry(entry, 0, endPosition)) {
                    return false;
                }
                order.take(reader.wrap(entry, 0));
                checkCommit();
            }
            case LogOrder.OVERRUN -> {
                if (sim.cores().isGatewayRewound()) {
                    final long next = gateway.rewind();
                    order.rewind(gateway.epoch(), next - 1);
                    feed.readFrom(next);
                } else {
                    order.rewind(reader.epoch(), reader.sequence() - 1);
                }
            }
            default -> {
                // Seen before, void, or too early.
            }
        }
        return true;
    }

    private void checkCommit() {
        final long now = gateway.commitSequence();
        if (now < committed) {
            throw new SimulationFailure("commit moved back at gateway " + index + ": " + committed + " to " + now);
        }
        while (committed < now) {
            committed++;
            sim.invariants().onCommitted(epochs[(int) committed], committed);
        }
    }

    private void trade() {
        int open = 0;
        for (final Client client : clients) {
            open += client.ended ? 0 : 1;
        }
        if (open < MOST_SESSIONS && sim.workload().nextInt(open == 0 ? 5 : 300) == 0) {
            clients.add(new Client(gateway.open(1 + sim.workload().nextInt(CLIENT_IDS))));
        }
        for (int i = 0; i < clients.size(); i++) {
            final Client client = clients.get(i);
            if (!client.ended) {
                if (sim.workload().nextInt(sim.options().offerOneIn) == 0) {
                    offer(client);
                }
                if (sim.workload().nextInt(3_000) == 0) {
                    client.session.close();
                }
            }
        }
    }

    private boolean offer(final Client client) {
        final int length = 8 + sim.workload().nextInt(sim.workload().nextInt(30) == 0 ? 1_500 : 60);
        final UnsafeBuffer body = new UnsafeBuffer(new byte[length]);
        body.putLong(0, sim.workload().nextLong());
        final long clientSequence = client.session.offer(body, 0, length);
        if (clientSequence > 0) {
            if (client.firstClientSequence == 0) {
                client.firstClientSequence = clientSequence;
                client.answered = clientSequence - 1;
            }
            client.offered.add(body);
        }
        return clientSequence > 0;
    }

    @Override
    public void onOpened(final GatewaySession session) {
        client(session).answered = session.nextClientSequence() - 1;
    }

    @Override
    public void onOutput(final GatewaySession session, final Output output) {
        if (output.grade() == DeliveryGrade.SIGHT) {
            return;
        }
        checkCommit();
        sim.invariants().onReleased(output.epoch(), output.inputSequence());
        if (session == null) {
            return;
        }
        final Client client = client(session);
        if (client.ended) {
            throw new SimulationFailure("an output after the end of its session: " + session.sessionId());
        }
        if (output.outputSequence() <= client.lastOutput && output.grade() == DeliveryGrade.QUORUM) {
            throw new SimulationFailure("an output twice or out of order: session=" + session.sessionId() + " output="
                    + output.outputSequence() + " after " + client.lastOutput);
        }
        if (output.grade() == DeliveryGrade.QUORUM) {
            client.lastOutput = output.outputSequence();
            if (output.index() == 0 && output.clientSequence() > 0) {
                if (output.clientSequence() != client.answered + 1) {
                    throw new SimulationFailure("answers lost, doubled or out of order: session="
                            + session.sessionId() + " answer to " + output.clientSequence() + " after "
                            + client.answered);
                }
                client.answered++;
            }
        }
    }

    @Override
    public void onClosed(final GatewaySession session, final SessionEnd reason) {
        client(session).ended = true;
    }

    private Client client(final GatewaySession session) {
        for (final Client client : clients) {
            if (client.session == session) {
                return client;
            }
        }
        throw new SimulationFailure("no such session");
    }

    @Override
    String describe() {
        final StringBuilder text = new StringBuilder("gateway ").append(index).append(isUp() ? "" : " down");
        text.append(" epoch=").append(gateway.epoch()).append(" sequence=").append(gateway.sequence());
        text.append(" commit=").append(gateway.commitSequence()).append(" outputs=").append(gateway.outputSequence());
        text.append(" stale=").append(gateway.stale()).append(" ahead=").append(gateway.ahead());
        text.append(" requests=").append(gateway.outputRequests()).append(" malformed=").append(gateway.malformed());
        text.append(" rewinds=").append(gateway.rewinds()).append(feed.isLive() ? " live" : " history");
        for (final Client client : clients) {
            if (!client.ended) {
                final GatewaySession session = client.session;
                text.append(" [").append(session.state()).append(" id=").append(session.sessionId());
                text.append(" next=").append(session.nextClientSequence()).append(" committed=");
                text.append(session.committedClientSequence()).append(" answered=").append(client.answered).append(']');
            }
        }
        return text.toString();
    }
}
