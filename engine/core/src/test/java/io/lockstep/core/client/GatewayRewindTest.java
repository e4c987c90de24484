package io.lockstep.core.client;

import static io.lockstep.codecs.protocol.DeliveryGrade.QUORUM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.codecs.OutputFlags;
import io.lockstep.codecs.protocol.EntryKind;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** An epoch ended before entries that this gateway had seen. */
class GatewayRewindTest extends GatewayFixture {
    @Test
    void commandsThatWereSeenButDoNotStandAreOfferedAgain() {
        final GatewaySession session = opened(9);
        offer(session, "A");
        offer(session, "B");
        command(2, 1);
        commit(3, 0);
        command(2, 2);
        ingress.events();

        assertEquals(4, gateway.rewind());
        next = 1;
        feed(messages.epochStart(2, 3));
        cycle(0);

        assertEquals(1, session.committedClientSequence());
        assertEquals(List.of("COMMAND 2 c2 'B'"), ingress.events());
    }

    @Test
    void heldOutputsBeyondTheEndAreDroppedAndThoseBeforeItReleased() {
        final GatewaySession session = opened(9);
        offer(session, "A");
        offer(session, "B");
        command(2, 1);
        output(3, 2, QUORUM);
        command(2, 2);
        output(4, 2, QUORUM);

        assertEquals(3, gateway.rewind());
        command(3, 2, 1);
        output(messages.output(1, 3, 2, 2, QUORUM, OutputFlags.LAST, "of3"));
        next = 1;
        feed(messages.epochStart(2, 3));

        assertEquals(List.of("2 #2 of3"), told());
        assertEquals(2, gateway.outputSequence());
    }

    @Test
    void aSessionWhoseOpeningDoesNotStandIsAskedForAgain() {
        feed(messages.epochStart(1, 0));
        commit(1, 0);
        final GatewaySession session = gateway.open(9);
        cycle(0);
        next = 2;
        feed(messages.opened(2, GATEWAY, session.requestId(), 9));
        assertEquals(SessionState.SEQUENCED, session.state());
        ingress.events();

        assertEquals(2, gateway.rewind());
        next = 1;
        feed(messages.epochStart(2, 1));
        cycle(0);

        assertEquals(SessionState.OPENING, session.state());
        assertEquals(1, ingress.events().stream().filter(e -> e.startsWith("OPEN")).count());
    }

    @Test
    void outputsOfAnEpochThatWasGivenUpAreNotTakenForThoseOfTheNext() {
        opened(9);
        tick();
        next = 1;
        feed(messages.epochStart(2, 3));
        next = 1;
        feed(messages.epochStart(3, 4));
        final UnsafeBuffer zombie = messages.output(1, 4, 2, 2, QUORUM, OutputFlags.LAST, "void");

        assertTrue(output(zombie));
        assertEquals(1, gateway.stale());
        assertEquals(List.of(), told());
    }

    @Test
    void whatASequenceHadBeforeItWasGivenAgainIsForgotten() {
        opened(9);
        command(2, 1);
        output(3, 2, QUORUM);
        command(2, 2);
        output(4, 2, QUORUM);
        assertEquals(3, gateway.rewind());
        next = 1;
        feed(messages.epochStart(2, 2));
        feed(messages.entry(2, 4, 4, EntryKind.TICK, 0, 0, 0, ""));
        feed(messages.entry(2, 5, 5, EntryKind.COMMAND, 2, 2, 1, ""));
        output(messages.output(2, 5, 2, 2, QUORUM, OutputFlags.LAST, "of5"));
        assertEquals(2, gateway.outputSequence());
        control(messages.ack(1, 2, ENTRY_LENGTH, 0));

        assertEquals(4, gateway.rewind());
        assertEquals(1, gateway.outputSequence());
    }

    private void command(final long sequence, final long session, final long clientSequence) {
        next = sequence;
        feed(messages.entry(1, sequence, sequence, EntryKind.COMMAND, session, session, clientSequence, ""));
    }
}
