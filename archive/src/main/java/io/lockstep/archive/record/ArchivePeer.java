package io.lockstep.archive.record;

/**
 * Another archive of the cluster, to repair from.
 *
 * @param controlChannel UDP channel of its Aeron Archive's control
 * @param controlStreamId of its control
 */
public record ArchivePeer(String controlChannel, int controlStreamId) {}
