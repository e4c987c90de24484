/**
 * The way every message takes between two parts of the system: which Aeron channel and stream, over which medium, with
 * which timers and buffers, through which media driver. Nothing outside this package writes an Aeron URI.
 *
 * <pre>
 *   gateway ══ingress══▶ sequencer ══sequenced══▶ archives, replicas, gateways
 *   replica ══output══▶ gateway          everybody ══control══▶ everybody
 *   reader ──replay request──▶ log server ──replay reply──▶ reader
 * </pre>
 */
package io.lockstep.transport;
