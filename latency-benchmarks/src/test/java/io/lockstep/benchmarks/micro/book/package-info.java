/**
 * The matching engine beside the plain one that its tests hold it against. That one is test code, and so these
 * benchmarks are.
 *
 * <pre>
 *   [ CommandTape ] ▶ [ BookSubject: ExchangeStateMachine | OracleExchange ]
 * </pre>
 */
package io.lockstep.benchmarks.micro.book;
