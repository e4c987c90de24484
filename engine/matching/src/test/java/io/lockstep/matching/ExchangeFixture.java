package io.lockstep.matching;

import io.lockstep.core.logic.Entry;
import io.lockstep.core.logic.EntryType;
import io.lockstep.matching.flow.StagedOutbox;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** An exchange that a test talks to, entry by entry, and whose outputs it reads as lines. */
final class ExchangeFixture {
    private final ExchangeStateMachine exchange;
    private final StagedOutbox outbox = new StagedOutbox();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[256]);
    private final Entry entry = new Entry();
    private long sequence;

    ExchangeFixture(final MatchingContext context) {
        exchange = new ExchangeStateMachine(context);
    }

    ExchangeStateMachine exchange() {
        return exchange;
    }

    StagedOutbox outbox() {
        return outbox;
    }

    List<String> send(final long session, final CommandBody command) {
        return send(session, body, 0, command.encode(body, 0));
    }

    List<String> send(final long session, final DirectBuffer bytes, final int offset, final int length) {
        return apply(EntryType.COMMAND, session, bytes, offset, length);
    }

    List<String> close(final long session) {
        return apply(EntryType.SESSION_CLOSED, session, body, 0, 0);
    }

    List<String> open(final long session) {
        return apply(EntryType.SESSION_OPENED, session, body, 0, 0);
    }

    private List<String> apply(
            final EntryType type, final long session, final DirectBuffer bytes, final int offset, final int length) {
        sequence++;
        outbox.clear();
        exchange.apply(entry.set(type, 1, sequence, sequence, session, sequence).body(bytes, offset, length), outbox);
        final List<String> outputs = new ArrayList<>();
        for (int i = 0; i < outbox.count(); i++) {
            outputs.add(OutputText.of(outbox.sessionId(i), outbox.buffer(), outbox.offset(i), outbox.length(i)));
        }
        return outputs;
    }
}
