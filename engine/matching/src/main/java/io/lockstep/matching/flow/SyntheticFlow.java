package io.lockstep.matching.flow;

import io.lockstep.codecs.exchange.Side;

/**
 * A made-up trading session with the shape of a real one: an opening book, then some 48 new orders to 45 cancels and 4
 * orders that trade at once, most of them against the first resting order and some through several levels; a few
 * reduces; prices close to the touch with a long tail; times in bursts. The same seed gives the same rows everywhere.
 * Prices are whole cents around 500.00, and every row refers to orders that a price-time book then has.
 */
public final class SyntheticFlow implements FlowSource {
    private static final long START_NS = 34_200_000_000_000L;
    private static final double RATE_PER_SECOND = 848;
    private static final long TICK_1E4 = 100;
    private static final int LOWEST_TICK = 50_000 - SyntheticBook.WINDOW / 2;
    private static final int MIDDLE = SyntheticBook.WINDOW / 2;
    private static final int SEED_LEVELS = 45;
    private static final int USUAL_ORDERS = 1_000;
    private static final int PULL = 2_000;
    private static final int CHANCES = 1000;

    private final SeededRandom random;
    private final ArrivalTimes times;
    private final SyntheticBook book = new SyntheticBook();
    private final long count;
    private long seq;
    private long lastOrderId;
    private int seedBid = MIDDLE;
    private int seedAsk = MIDDLE + 1;

    /**
     * A session of so many rows, the opening book among them.
     *
     * @param seed decides everything
     * @param count of rows
     */
    public SyntheticFlow(final long seed, final long count) {
        this.count = count;
        random = new SeededRandom(seed);
        times = new ArrivalTimes(new SeededRandom(random.next()), START_NS, RATE_PER_SECOND);
    }

    @Override
    public boolean next(final FlowCommand into) {
        if (seq >= count) {
            return false;
        }
        seq++;
        if (seq <= 2 * SEED_LEVELS) {
            into.at(seq, seq, times.nowNs());
            seed(into);
            return true;
        }
        into.at(seq, seq, times.next());
        final int dice = random.below(CHANCES);
        // The more orders rest, the more are cancelled, so that the book keeps its size.
        final int surplus = Math.max(-USUAL_ORDERS, Math.min(USUAL_ORDERS, book.count() - USUAL_ORDERS));
        final int cancels = 450 + surplus * 60 / USUAL_ORDERS;
        if (dice < 40) {
            trade(into);
        } else if (dice < 50 && book.count() > 0) {
            reduce(into);
        } else if ((dice < 50 + cancels && book.count() > 0) || book.count() == SyntheticBook.MAX_ORDERS) {
            cancel(into);
        } else {
            add(into);
        }
        return true;
    }

    @Override
    public void close() {
        // There is nothing to give back.
    }

    private void seed(final FlowCommand into) {
        final boolean isBuy = (seq & 1) == 1;
        final int gap = random.between(1, 10);
        if (isBuy) {
            seedBid -= gap;
        } else {
            seedAsk += gap;
        }
        rest(into, FlowKind.SEED, isBuy, isBuy ? seedBid : seedAsk);
    }

    private void add(final FlowCommand into) {
        final boolean isBuy = random.chance(1, 2);
        final int best = isBuy ? book.bestBid() : book.bestAsk();
        final int opposite = isBuy ? book.bestAsk() : book.bestBid();
        final int toMarket = isBuy ? 1 : -1;
        final int start = book.isEmpty(isBuy) ? limitFor(isBuy) : best;
        final int price;
        final int dice = random.below(CHANCES);
        if (dice < 150) {
            price = start + toMarket * random.between(1, 3);
        } else if (dice < 250) {
            price = start;
        } else if (dice < 980) {
            price = start - toMarket * (1 + (int) (60 * random.exponential()));
        } else {
            price = start - toMarket * (1 + (int) (400 * random.exponential()));
        }
        // Never through the other side, never out of the window.
        final int closest = opposite - toMarket;
        final int inside = isBuy ? Math.min(price, closest) : Math.max(price, closest);
        rest(into, FlowKind.NEW, isBuy, Math.max(1, Math.min(SyntheticBook.WINDOW - 2, inside)));
    }

    private int limitFor(final boolean isBuy) {
        final int opposite = isBuy ? book.bestAsk() : book.bestBid();
        return book.isEmpty(!isBuy) ? MIDDLE : opposite - (isBuy ? 5 : -5);
    }

    private void trade(final FlowCommand into) {
        // The further the price has gone, the more often it is traded back.
        final int middle = (book.bestBid() + book.bestAsk()) / 2;
        final int lean = Math.max(-400, Math.min(400, (middle - MIDDLE) * CHANCES / PULL));
        final boolean isBuy = !random.chance(CHANCES / 2 + lean, CHANCES);
        if (book.isEmpty(!isBuy)) {
            add(into);
            return;
        }
        final int best = isBuy ? book.bestAsk() : book.bestBid();
        int limit = best;
        int quantity;
        final int dice = random.below(CHANCES);
        if (dice < 620) {
            quantity = random.between(1, book.firstLots(best));
        } else if (dice < 930) {
            quantity = book.firstLots(best);
        } else if (dice < 975) {
            quantity = book.lotsAt(best);
        } else {
            quantity = book.lotsAt(best);
            for (int levels = random.between(1, 3); levels > 0; levels--) {
                final int behind = book.behind(!isBuy, limit);
                quantity += behind == limit ? 0 : book.lotsAt(behind);
                limit = behind;
            }
            // Some ask for more than there is within the limit, and the rest is dropped.
            quantity += random.chance(1, 4) ? 100 : 0;
        }
        into.ask(FlowKind.IOC, side(isBuy), ++lastOrderId, quantity, price1e4(limit));
        book.take(isBuy, limit, quantity);
    }

    private void reduce(final FlowCommand into) {
        final int slot = recent();
        final int open = book.quantity(slot);
        if (open == 1) {
            cancel(into);
            return;
        }
        final int cut = random.between(1, open - 1);
        into.ask(FlowKind.REDUCE, side(book.isBuy(slot)), book.id(slot), cut, price1e4(book.price(slot)));
        book.cut(slot, cut);
    }

    private void cancel(final FlowCommand into) {
        final int slot = recent();
        final int open = book.quantity(slot);
        into.ask(FlowKind.CANCEL, side(book.isBuy(slot)), book.id(slot), open, price1e4(book.price(slot)));
        book.cut(slot, open);
    }

    /** A resting order, rather one that came late. */
    private int recent() {
        final int resting = book.count();
        final int back = (int) Math.min(resting - 1, random.exponential() * resting / 5);
        return book.slot(resting - 1 - back);
    }

    private void rest(final FlowCommand into, final FlowKind kind, final boolean isBuy, final int price) {
        final int quantity = quantity();
        into.ask(kind, side(isBuy), ++lastOrderId, quantity, price1e4(price));
        book.add(lastOrderId, isBuy, price, quantity);
    }

    private int quantity() {
        final int dice = random.below(CHANCES);
        if (dice < 530) {
            return 100;
        }
        if (dice < 800) {
            return random.between(1, 99);
        }
        return dice < 980 ? 100 * random.between(2, 10) : 100 * random.between(11, 50);
    }

    private static Side side(final boolean isBuy) {
        return isBuy ? Side.BUY : Side.SELL;
    }

    private static long price1e4(final int price) {
        return (LOWEST_TICK + price) * TICK_1E4;
    }
}
