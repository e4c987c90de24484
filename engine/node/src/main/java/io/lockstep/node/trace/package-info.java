/**
 * Takes the time of commands at every hop of their way, where a node is told to: taps around what agents hand to each
 * other, each of which reads the clock and writes into its agent's ring. Where it is not, there are no taps.
 *
 * <pre>
 *   stream ▶ (tap) handler ▶ core ▶ (tap) publisher ▶ stream
 *               └──────── HopRing ────────┘
 * </pre>
 */
package io.lockstep.node.trace;
