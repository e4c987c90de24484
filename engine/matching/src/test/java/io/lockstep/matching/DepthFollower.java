package io.lockstep.matching;

import io.lockstep.codecs.exchange.BookTopDecoder;
import io.lockstep.codecs.exchange.LevelChangedDecoder;
import io.lockstep.codecs.exchange.MessageHeaderDecoder;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.core.logic.Outbox;
import io.lockstep.matching.flow.StagedOutbox;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Someone who listens to nothing but the book events, and knows the whole depth from them. */
final class DepthFollower {
    private final Map<Integer, NavigableMap<Long, Long>> bids = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Long>> asks = new HashMap<>();

    void onOutputs(final StagedOutbox outbox) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (int i = 0; i < outbox.count(); i++) {
            if (outbox.sessionId(i) != Outbox.EVERYONE) {
                continue;
            }
            header.wrap(outbox.buffer(), outbox.offset(i));
            if (header.templateId() == BookTopDecoder.TEMPLATE_ID) {
                onTop(new BookTopDecoder().wrapAndApplyHeader(outbox.buffer(), outbox.offset(i), header));
            } else {
                onLevel(new LevelChangedDecoder().wrapAndApplyHeader(outbox.buffer(), outbox.offset(i), header));
            }
        }
    }

    /** Every level as a line, in no order that matters. */
    Map<String, Long> levels() {
        final Map<String, Long> levels = new HashMap<>();
        bids.forEach((symbol, side) -> side.forEach((price, lots) -> levels.put(symbol + " true " + price, lots)));
        asks.forEach((symbol, side) -> side.forEach((price, lots) -> levels.put(symbol + " false " + price, lots)));
        return levels;
    }

    static Map<String, Long> levels(final List<RestingOrder> depth) {
        final Map<String, Long> levels = new HashMap<>();
        for (final RestingOrder order : depth) {
            levels.merge(
                    order.symbolId() + " " + order.isBuy() + " " + order.priceTicks(), order.openLots(), Long::sum);
        }
        return levels;
    }

    private void onTop(final BookTopDecoder top) {
        best(bids(top.symbolId()), top.bidPriceTicks(), top.bidLots());
        best(asks(top.symbolId()), top.askPriceTicks(), top.askLots());
    }

    private void onLevel(final LevelChangedDecoder level) {
        final boolean isBuy = level.side() == Side.BUY;
        final NavigableMap<Long, Long> side = isBuy ? bids(level.symbolId()) : asks(level.symbolId());
        if (level.openLots() == 0) {
            side.remove(level.priceTicks());
        } else {
            side.put(level.priceTicks(), level.openLots());
        }
    }

    private static void best(final NavigableMap<Long, Long> side, final long price, final long lots) {
        if (lots == 0) {
            side.clear();
        } else {
            side.headMap(price).clear();
            side.put(price, lots);
        }
    }

    private NavigableMap<Long, Long> bids(final int symbol) {
        return bids.computeIfAbsent(symbol, s -> new TreeMap<>(Comparator.reverseOrder()));
    }

    private NavigableMap<Long, Long> asks(final int symbol) {
        return asks.computeIfAbsent(symbol, s -> new TreeMap<>());
    }
}
