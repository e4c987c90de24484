/**
 * Micro benchmarks: one object of the message path at a time, some of them beside the peers that do the same job.
 *
 * <pre>
 *   command ▶ [ Sequencer ] ▶ [ EntryWriter ] ▶ … ▶ [ ProtocolCheck, checksum ] ▶ [ EntryRing ] ▶ [ exchange ]
 *                  ▲ [ CommitTracker ] ◀ acknowledgements of archives
 * </pre>
 *
 * They tell what a change to one object does to it; what a message needs from end to end they do not tell.
 */
package io.lockstep.benchmarks.micro;
