package io.lockstep.benchmarks.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadClientTest {
    private final LoadClient client =
            new LoadClient(LoadShape.bursts(4, 1_000, 1, 1), MessageSource.indexed(64));
    private final List<Long> taken = new ArrayList<>();
    private boolean isFull;
    private final MessageSink sink = (buffer, offset, length) -> {
        assertEquals(64, length);
        if (isFull) {
            return false;
        }
        taken.add(buffer.getLong(offset));
        return true;
    };

    @Test
    void sendsWhatIsDueAndNothingElse() {
        final long now = System.nanoTime();

        assertEquals(4, client.send(now, sink));
        assertEquals(0, client.send(now + 999_999_999, sink));
        assertEquals(4, client.send(now + 1_000_000_000, sink));
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L), taken);
    }

    @Test
    void offersAgainWhatWasNotTakenAndChargesTheDelay() {
        final long start = System.nanoTime() - 1_500_000_000;
        client.send(start, sink);
        answerAll();
        isFull = true;
        assertEquals(0, client.send(start + 1_000_000_000, sink));
        isFull = false;
        assertEquals(4, client.send(start + 1_400_000_000, sink));
        answerAll();

        final LoadResult result = client.result();
        assertTrue(client.isDone());
        assertEquals(4, result.latency().getTotalCount(), "only the measured ones");
        final long least = result.latency().getMinValue();
        assertTrue(least >= 499_000_000, "from when they were due: " + least);
        assertEquals(400_000_000, result.sendLateNs());
        assertFalse(result.isDelivered(), "half a second late is not delivered");
    }

    @Test
    void aBurstIsDrainedWhenItsLastMessageIsAnswered() {
        final long start = System.nanoTime() - 1_250_000_000;
        client.send(start, sink);
        answerAll();
        client.send(start + 1_000_000_000, sink);
        for (int i = 4; i < 7; i++) {
            client.onAnswer(i);
        }
        assertEquals(0, client.result().drain().getTotalCount(), "not drained, and the first is not measured");
        answerAll();

        final LoadResult result = client.result();
        assertEquals(1, result.drain().getTotalCount());
        assertEquals(result.latency().getMaxValue(), result.drain().getMaxValue());
        assertTrue(result.drain().getMinValue() >= 249_000_000, "from when it was due");
        assertEquals(8, client.progress());
    }

    @Test
    void aLoadWithoutBurstsDrainsNothing() {
        final LoadClient constant = new LoadClient(LoadShape.constant(10, 0, 1), MessageSource.indexed(64));
        constant.send(System.nanoTime() - 2_000_000_000L, sink);
        constant.onAnswer(0);

        assertEquals(1, constant.result().latency().getTotalCount());
        assertEquals(0, constant.result().drain().getTotalCount());
    }

    @Test
    void anAnswerOutOfOrderOrToNothingIsWrong() {
        client.send(System.nanoTime(), sink);

        client.onAnswer(1);
        client.onAnswer(0);
        client.onAnswer(0);
        for (int i = 1; i < 4; i++) {
            client.onAnswer(i);
        }
        client.onAnswer(4);

        assertEquals(3, client.result().wrong());
        assertEquals(4, client.result().missing());
        assertFalse(client.result().isDelivered());
    }

    private void answerAll() {
        while (client.answered() < taken.size()) {
            client.onAnswer(client.answered());
        }
    }
}
