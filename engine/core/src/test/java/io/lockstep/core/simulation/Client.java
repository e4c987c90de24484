package io.lockstep.core.simulation;

import io.lockstep.codecs.protocol.DeliveryGrade;
import io.lockstep.core.client.GatewaySession;
import io.lockstep.core.client.SessionEnd;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** What one session was offered by its client and what it was given, from its opening to its end. */
final class Client {
    final GatewaySession session;
    final List<Offered> offered = new ArrayList<>();
    final List<Released> released = new ArrayList<>();
    SessionEnd end;
    boolean opened;
    boolean abandoned; // its gateway has died

    Client(final GatewaySession session) {
        this.session = session;
    }

    /** A command that a session took. */
    record Offered(long clientSequence, UnsafeBuffer body) {}

    /** An output as it was handed over. */
    record Released(long outputSequence, long inputSequence, DeliveryGrade grade, UnsafeBuffer body) {}
}
