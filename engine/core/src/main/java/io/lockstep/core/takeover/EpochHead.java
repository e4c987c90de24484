package io.lockstep.core.takeover;

/**
 * What the first entry of an epoch's recording says.
 *
 * @param epoch of the recording
 * @param ownerIncarnation of the process that wrote it
 * @param previousEpoch the last epoch with entries before it; 0 if there is none
 * @param previousEndPosition where that one ends, in bytes of it
 * @param previousEndSequence of its last entry
 */
public record EpochHead(
        long epoch,
        long ownerIncarnation,
        long previousEpoch,
        long previousEndPosition,
        long previousEndSequence) {}
