package io.lockstep.archive.record;

/**
 * Remembers up to which epoch this archive has sealed. What is sealed is never acknowledged again; an archive that
 * forgets its seal at a restart can lose an acknowledged command, so the register of a cluster with takeover is
 * durable.
 */
public interface SealRegister {
    /** Highest sealed epoch, 0 if none. */
    long sealedEpoch();

    /**
     * Seals; returns only when the seal will be remembered.
     *
     * @param epoch up to and with this one; never below {@link #sealedEpoch()}
     */
    void seal(long epoch);

    /** A register that forgets at a restart: enough where one sequencer is started and stopped by hand. */
    static SealRegister inMemory() {
        return new SealRegister() {
            private long sealedEpoch;

            @Override
            public long sealedEpoch() {
                return sealedEpoch;
            }

            @Override
            public void seal(final long epoch) {
                sealedEpoch = Math.max(sealedEpoch, epoch);
            }
        };
    }
}
