/**
 * Where a command was when: time stamps that stand beside the path, in rings of their own, and the join that makes the
 * journeys of commands out of them. Nothing on the path reads them.
 *
 * <pre>
 *   gateway ▶ sequencer ▶ replica ▶ gateway      (each with a HopRing beside it)
 *      └──────────┴──────────┴─────────┴──▶ HopTrace ▶ HopJoin ▶ Journey
 * </pre>
 */
package io.lockstep.core.trace;
