/**
 * Takeover: how an epoch ends without its owner and the next one begins with nothing lost. Beside the path of a
 * message; a standby follows the log behind the sequencer, an archive's member answers it.
 *
 * <pre>
 *   SequencerCandidate ── PreVote, Seal, Repair ──▶ ArchiveMember (one beside each archive) ──▶ Recordings
 *        │      ◀── PreVoteAnswer, Sealed ──
 *        ├── compareAndSet ──▶ Ledger            decides, once for each epoch
 *        └── EPOCH_START ──▶ EpochStreams        the Sequencer of the new epoch
 * </pre>
 */
package io.lockstep.core.takeover;
