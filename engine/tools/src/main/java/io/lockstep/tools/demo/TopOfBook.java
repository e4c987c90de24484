package io.lockstep.tools.demo;

import io.lockstep.codecs.ExchangeCheck;
import io.lockstep.codecs.exchange.BookTopDecoder;
import io.lockstep.codecs.exchange.ExecutionDecoder;
import io.lockstep.codecs.exchange.LevelChangedDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.tools.flow.FlowOutputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/**
 * Follows the book from its events, for the ladder on the screen. Fed by the gateway's thread; other threads copy the
 * best levels now and then.
 */
final class TopOfBook implements FlowOutputs {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final BookTopDecoder top = new BookTopDecoder();
    private final LevelChangedDecoder level = new LevelChangedDecoder();
    private final TreeMap<Long, Long> asks = new TreeMap<>();
    private final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    private long fills;

    /**
     * A level of the book.
     *
     * @param priceTicks of the level
     * @param lots open at it
     */
    record Level(long priceTicks, long lots) {}

    @Override
    public void onSent(final FlowCommand row) {
        // The book follows from the outputs alone.
    }

    @Override
    public synchronized void onOutput(
            final long inputSequence,
            final long clientSequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        switch (ExchangeCheck.INSTANCE.check(buffer, offset, length)) {
            case BookTopDecoder.TEMPLATE_ID -> {
                top.wrapAndApplyHeader(buffer, offset, header);
                setBest(asks, top.askPriceTicks(), top.askLots());
                setBest(bids, top.bidPriceTicks(), top.bidLots());
            }
            case LevelChangedDecoder.TEMPLATE_ID -> {
                level.wrapAndApplyHeader(buffer, offset, header);
                set(level.side() == Side.SELL ? asks : bids, level.priceTicks(), level.openLots());
            }
            case ExecutionDecoder.TEMPLATE_ID -> fills++;
            default -> {
                // Answers to orders do not change what the ladder shows.
            }
        }
    }

    /** The best levels of one side, the best first. */
    synchronized List<Level> best(final Side side, final int count) {
        final List<Level> levels = new ArrayList<>();
        for (final Map.Entry<Long, Long> entry : (side == Side.SELL ? asks : bids).entrySet()) {
            if (levels.size() == count) {
                break;
            }
            levels.add(new Level(entry.getKey(), entry.getValue()));
        }
        return levels;
    }

    synchronized long fills() {
        return fills;
    }

    /** Levels better than the best one are gone. */
    private static void setBest(final NavigableMap<Long, Long> levels, final long priceTicks, final long lots) {
        if (lots == 0) {
            levels.clear();
            return;
        }
        levels.headMap(priceTicks, false).clear();
        levels.put(priceTicks, lots);
    }

    private static void set(final NavigableMap<Long, Long> levels, final long priceTicks, final long lots) {
        if (lots == 0) {
            levels.remove(priceTicks);
        } else {
            levels.put(priceTicks, lots);
        }
    }
}
