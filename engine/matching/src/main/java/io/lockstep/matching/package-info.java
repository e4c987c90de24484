/**
 * The reference exchange: price-time order books and the state machine that stands on a replica's logic thread between
 * the entries of the log and its outputs.
 *
 * <pre>
 * Entry ─▶ ExchangeStateMachine ─▶ MatchingEngine ─▶ Matcher ─▶ RestingOrders ─▶ ExchangeOutputs ─▶ Outbox
 *          (check, decode)         (rules)           (trades)   (books, hash)    (encode)
 * </pre>
 */
package io.lockstep.matching;
