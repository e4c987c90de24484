/**
 * Keeps the recordings of one archive host and says how far they reach: launches Aeron Archive, follows the recording
 * of the newest epoch, acknowledges it, answers seals, and makes every ended epoch end where the next one says it
 * did.
 *
 * <pre>
 *   sequenced multicast ──▶ Aeron Archive ──▶ recording of the epoch ──▶ files
 *                                │ recording position counter              │ first entry, tail
 *                                ▼                                         ▼
 *                            ArchiveAgent ──▶ Ack, Sealed ──▶ control stream
 * </pre>
 */
package io.lockstep.archive.record;
