package io.lockstep.matching;

/**
 * A resting order as a tool or a test looks at it.
 *
 * @param symbolId of its book
 * @param isBuy a bid, else an offer
 * @param priceTicks in ticks
 * @param sessionId whose it is
 * @param orderId in that session
 * @param openLots in lots
 */
public record RestingOrder(
        int symbolId, boolean isBuy, long priceTicks, long sessionId, long orderId, long openLots) {}
