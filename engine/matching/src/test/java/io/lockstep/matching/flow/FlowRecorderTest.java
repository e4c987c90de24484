package io.lockstep.matching.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lockstep.codecs.exchange.BookTopEncoder;
import io.lockstep.codecs.exchange.CommandRejectedEncoder;
import io.lockstep.codecs.exchange.ExecutionEncoder;
import io.lockstep.codecs.exchange.MessageHeaderEncoder;
import io.lockstep.codecs.exchange.Recipient;
import io.lockstep.codecs.exchange.RejectCode;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.matching.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs of a running system, in which other sessions trade too, become the rows of the files. */
final class FlowRecorderTest {
    private static final Symbol SYMBOL = Symbol.of(1).lot(10);

    @TempDir
    private Path temp;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer body = new UnsafeBuffer(new byte[128]);

    @Test
    void writesOneRowForEachCommandAndRepeatsTheBestPrices() throws IOException {
        try (FillsWriter fills = new FillsWriter(temp.resolve("fills.csv"), SYMBOL);
                BboWriter bbo = new BboWriter(temp.resolve("bbo.csv"), SYMBOL)) {
            final FlowRecorder recorder = new FlowRecorder(fills, bbo);
            for (int i = 1; i <= 4; i++) {
                recorder.onSent(new FlowCommand().at(i * 10L, i * 100L, 0));
            }
            reject(recorder, 5, 1);
            execute(recorder, 6, 2, Recipient.TAKER, 1);
            execute(recorder, 6, 2, Recipient.MAKER, 1);
            top(recorder, 6, 1, 3);
            // Another session's command: the best prices change, but no row is written.
            top(recorder, 7, 1, 4);
            execute(recorder, 8, 0, Recipient.MAKER, 1);
            top(recorder, 9, 2, 99);
            execute(recorder, 10, 3, Recipient.BOTH, 2);
            reject(recorder, 11, 4);
            recorder.finish();
            recorder.finish();

            assertEquals(4, recorder.answered());
            assertEquals(2, recorder.rejects(RejectCode.UNKNOWN_ORDER));
            assertEquals(1, fills.count());
        }

        assertEquals(
                List.of("seq,takerId,makerId,qty,price1e4", "20,71,72,50,60000"),
                Files.readAllLines(temp.resolve("fills.csv")));
        assertEquals(
                List.of(
                        "afterSeq,srcRow,askPx,askQty,bidPx,bidQty",
                        "10,100,0,0,0,0",
                        "20,200,70000,30,0,0",
                        "30,300,70000,40,0,0",
                        "40,400,70000,40,0,0"),
                Files.readAllLines(temp.resolve("bbo.csv")));
    }

    @Test
    void noticesAnswersThatAreLostOrDoubled() {
        try (FillsWriter fills = new FillsWriter(temp.resolve("fills.csv"), SYMBOL);
                BboWriter bbo = new BboWriter(temp.resolve("bbo.csv"), SYMBOL)) {
            final FlowRecorder recorder = new FlowRecorder(fills, bbo);
            for (int i = 1; i <= 3; i++) {
                recorder.onSent(new FlowCommand().at(i, i, 0));
            }
            reject(recorder, 1, 1);

            assertThrows(IllegalStateException.class, () -> reject(recorder, 3, 3));
            reject(recorder, 4, 2);
            assertThrows(IllegalStateException.class, () -> reject(recorder, 5, 2));
            assertThrows(IllegalStateException.class, () -> recorder.onOutput(6, 3, body, 0, 3));
        }
    }

    @Test
    void holdsAnyNumberOfRowsInFlight() throws IOException {
        try (FillsWriter fills = new FillsWriter(temp.resolve("fills.csv"), SYMBOL);
                BboWriter bbo = new BboWriter(temp.resolve("bbo.csv"), SYMBOL)) {
            final FlowRecorder recorder = new FlowRecorder(fills, bbo);
            int sent = 0;
            int answered = 0;
            while (answered < 5000) {
                for (int i = 0; i < 3 && sent < 5000; i++) {
                    sent++;
                    recorder.onSent(new FlowCommand().at(sent, sent, 0));
                }
                answered++;
                reject(recorder, answered, answered);
            }
            recorder.finish();
        }

        final List<String> rows = Files.readAllLines(temp.resolve("bbo.csv"));
        assertEquals(5001, rows.size());
        for (int i = 1; i < rows.size(); i++) {
            assertEquals(i + "," + i + ",0,0,0,0", rows.get(i));
        }
    }

    private void reject(final FlowRecorder recorder, final long input, final long clientSequence) {
        new CommandRejectedEncoder().wrapAndApplyHeader(body, 0, header).orderId(1).code(RejectCode.UNKNOWN_ORDER);
        recorder.onOutput(input, clientSequence, body, 0, 8 + CommandRejectedEncoder.BLOCK_LENGTH);
    }

    private void execute(
            final FlowRecorder recorder,
            final long input,
            final long clientSequence,
            final Recipient recipient,
            final int symbolId) {
        new ExecutionEncoder()
                .wrapAndApplyHeader(body, 0, header)
                .takerOrderId(71)
                .makerOrderId(72)
                .quantityLots(5)
                .priceTicks(600)
                .symbolId(symbolId)
                .takerSide(Side.BUY)
                .recipient(recipient);
        recorder.onOutput(input, clientSequence, body, 0, 8 + ExecutionEncoder.BLOCK_LENGTH);
    }

    private void top(final FlowRecorder recorder, final long input, final int symbolId, final long lots) {
        new BookTopEncoder()
                .wrapAndApplyHeader(body, 0, header)
                .askPriceTicks(700)
                .askLots(lots)
                .bidPriceTicks(0)
                .bidLots(0)
                .symbolId(symbolId);
        recorder.onOutput(input, 0, body, 0, 8 + BookTopEncoder.BLOCK_LENGTH);
    }
}
