package io.lockstep.matching;

/**
 * What can be traded: its id, what a tick and a lot are worth, and which prices and quantities an order may have.
 * Immutable.
 *
 * @param id above 0
 * @param tickPrice1e4 what one tick is worth, in units of 1/10,000 of the currency
 * @param lotUnits what one lot is worth, in shares or whatever is counted
 * @param minPriceTicks lowest price of an order, in ticks; may be negative
 * @param maxPriceTicks highest price of an order, in ticks
 * @param minLots smallest quantity of an order, in lots, 1 or more
 * @param maxLots largest quantity of an order, in lots
 */
public record Symbol(
        int id,
        long tickPrice1e4,
        long lotUnits,
        long minPriceTicks,
        long maxPriceTicks,
        long minLots,
        long maxLots) {
    /** No price is further from 0 than this, in ticks. */
    public static final long PRICE_TICKS_LIMIT = 1L << 40;

    /** No quantity, tick or lot is larger than this. */
    public static final long MAX_LOTS_LIMIT = 1L << 40;

    private static final long WORTH_LIMIT = 1L << 20;

    /** Refuses what makes no sense or could overflow. */
    public Symbol {
        require(id > 0, "id must be above 0", id);
        require(tickPrice1e4 > 0 && tickPrice1e4 <= WORTH_LIMIT, "tick must be 1 to 1048576", tickPrice1e4);
        require(lotUnits > 0 && lotUnits <= WORTH_LIMIT, "lot must be 1 to 1048576", lotUnits);
        require(minPriceTicks >= -PRICE_TICKS_LIMIT, "lowest price must be -2^40 or more", minPriceTicks);
        require(maxPriceTicks <= PRICE_TICKS_LIMIT, "highest price must be 2^40 or less", maxPriceTicks);
        require(maxPriceTicks >= minPriceTicks, "highest price must not be below the lowest", maxPriceTicks);
        require(minLots > 0, "smallest quantity must be above 0", minLots);
        require(maxLots >= minLots && maxLots <= MAX_LOTS_LIMIT, "largest quantity must be up to 2^40", maxLots);
    }

    /**
     * A symbol with a tick of 0.01, a lot of 1, prices of 1 to 2^24 ticks and quantities of 1 to 10^9 lots.
     *
     * @param id above 0
     */
    public static Symbol of(final int id) {
        return new Symbol(id, 100, 1, 1, 1 << 24, 1, 1_000_000_000);
    }

    /**
     * A symbol that takes any price a flow can have up to 13,421.77: its tick is 0.0001.
     *
     * @param id above 0
     */
    public static Symbol finest(final int id) {
        return of(id).tick(1).prices(1, 1 << 27);
    }

    /** This symbol with another tick, in units of 1/10,000. */
    public Symbol tick(final long price1e4) {
        return new Symbol(id, price1e4, lotUnits, minPriceTicks, maxPriceTicks, minLots, maxLots);
    }

    /** This symbol with another lot. */
    public Symbol lot(final long units) {
        return new Symbol(id, tickPrice1e4, units, minPriceTicks, maxPriceTicks, minLots, maxLots);
    }

    /** This symbol with another range of prices, in ticks. */
    public Symbol prices(final long minTicks, final long maxTicks) {
        return new Symbol(id, tickPrice1e4, lotUnits, minTicks, maxTicks, minLots, maxLots);
    }

    /** This symbol with another range of quantities, in lots. */
    public Symbol quantities(final long min, final long max) {
        return new Symbol(id, tickPrice1e4, lotUnits, minPriceTicks, maxPriceTicks, min, max);
    }

    private static void require(final boolean holds, final String rule, final long value) {
        if (!holds) {
            throw new IllegalArgumentException("symbol: " + rule + ": " + value);
        }
    }
}
