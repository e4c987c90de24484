package io.lockstep.matching;

import io.lockstep.codecs.exchange.SelfTradePrevention;
import io.lockstep.codecs.exchange.Side;
import io.lockstep.codecs.exchange.TimeInForce;
import java.util.Random;

/** Commands that meet each other often: few ids, few prices, all kinds, and hostile values now and then. */
final class RandomCommands {
    private static final long[] HOSTILE = {
        0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1, Integer.MAX_VALUE, 1L << 40, -(1L << 40), 1L << 62
    };

    private final Random random;
    private final int[] symbols;
    private final long[] centers;
    private final int spread;
    private final int ids;

    RandomCommands(final Random random, final int[] symbols, final long[] centers, final int spread, final int ids) {
        this.random = random;
        this.symbols = symbols.clone();
        this.centers = centers.clone();
        this.spread = spread;
        this.ids = ids;
    }

    CommandBody next() {
        final int dice = random.nextInt(1000);
        final CommandBody command;
        if (dice < 640) {
            return newOrder();
        } else if (dice < 770) {
            return CommandBody.cancel(id());
        } else if (dice < 850) {
            return CommandBody.reduce(id(), lots());
        } else if (dice < 993) {
            command = CommandBody.replace(id(), lots(), price(random.nextInt(symbols.length)));
            return prevention(postOnly(command));
        }
        return CommandBody.massCancel(random.nextInt(3) == 0 ? 0 : symbol(random.nextInt(symbols.length)));
    }

    private CommandBody newOrder() {
        final int at = random.nextInt(symbols.length);
        final CommandBody order = CommandBody.buy(id(), lots(), price(at))
                .symbol(symbol(at))
                .side(random.nextBoolean() ? Side.BUY : Side.SELL);
        final int dice = random.nextInt(100);
        if (dice < 70) {
            postOnly(order);
        } else if (dice < 85) {
            order.ioc();
        } else {
            order.fok();
        }
        if (random.nextInt(12) == 0) {
            order.market().timeInForce(random.nextInt(8) == 0 ? TimeInForce.GTC : TimeInForce.IOC);
        } else if (random.nextInt(60) == 0) {
            order.market().fok();
        }
        if (random.nextInt(100) == 0) {
            order.postOnly();
        }
        return prevention(order);
    }

    private CommandBody postOnly(final CommandBody command) {
        return random.nextInt(8) == 0 ? command.postOnly() : command;
    }

    private CommandBody prevention(final CommandBody command) {
        final SelfTradePrevention[] modes = {
            SelfTradePrevention.NONE,
            SelfTradePrevention.CANCEL_RESTING,
            SelfTradePrevention.CANCEL_AGGRESSOR,
            SelfTradePrevention.DECREMENT
        };
        return command.owner(random.nextInt(4), modes[random.nextInt(modes.length)]);
    }

    private int symbol(final int at) {
        return random.nextInt(200) == 0 ? (int) hostile() : symbols[at];
    }

    private long id() {
        return random.nextInt(300) == 0 ? hostile() : random.nextInt(ids);
    }

    private long lots() {
        return random.nextInt(60) == 0 ? hostile() : 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 12);
    }

    private long price(final int at) {
        if (random.nextInt(60) == 0) {
            return hostile();
        }
        final int width = random.nextInt(10) == 0 ? spread * 20 : spread;
        return centers[at] - width + random.nextInt(2 * width + 1);
    }

    private long hostile() {
        return HOSTILE[random.nextInt(HOSTILE.length)];
    }
}
