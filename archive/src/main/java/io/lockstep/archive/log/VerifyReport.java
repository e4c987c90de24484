package io.lockstep.archive.log;

import java.util.List;

/**
 * What {@link LogVerifier} says of an archive directory.
 *
 * @param isOk whether no fault was found
 * @param faults in the order of the log; the first is the first bad entry
 * @param recordings a report of each, by recording id
 */
public record VerifyReport(boolean isOk, List<Fault> faults, List<RecordingReport> recordings) {
    /** Copies the lists. */
    public VerifyReport {
        faults = List.copyOf(faults);
        recordings = List.copyOf(recordings);
    }

    /** Sound entries of the log, those of fragments left out. */
    public long entries() {
        long entries = 0;
        for (final RecordingReport recording : recordings) {
            entries += recording.place() == RecordingReport.Place.EPOCH ? recording.entries() : 0;
        }
        return entries;
    }
}
