package io.lockstep.matching;

/** An order of the plain exchange. */
final class OracleOrder {
    long session;
    long id;
    long owner;
    int symbol;
    boolean isBuy;
    boolean isMarket;
    long price;
    long open;
    long stamp;

    OracleOrder copy() {
        final OracleOrder copy = new OracleOrder();
        copy.session = session;
        copy.id = id;
        copy.owner = owner;
        copy.symbol = symbol;
        copy.isBuy = isBuy;
        copy.isMarket = isMarket;
        copy.price = price;
        copy.open = open;
        copy.stamp = stamp;
        return copy;
    }

    RestingOrder seen() {
        return new RestingOrder(symbol, isBuy, price, session, id, open);
    }
}
