/**
 * The ring between a replica's threads beside the rings that others would take: Agrona's and the Disruptor.
 *
 * <pre>
 *   producer ▶ [ RingSubject: EntryRing | Agrona | Disruptor ] ▶ [ Stage ] ▶ … ▶ [ Stage ]
 * </pre>
 */
package io.lockstep.benchmarks.micro.ring;
