package io.lockstep.node.agent;

import io.lockstep.archive.read.LogReaderListener;

/** Puts what a reader of the log reports into sentences, and stops its agent where the reader cannot go on. */
final class ReaderWarnings implements LogReaderListener {
    private final String role;
    private final AgentListener listener;

    ReaderWarnings(final String role, final AgentListener listener) {
        this.role = role;
        this.listener = listener;
    }

    @Override
    public void onError(final int code, final int server, final long nextSequence) {
        listener.onWarning(role, sentence(code, server) + " (next sequence " + nextSequence + ")");
    }

    @Override
    public void onOverRun(final long epoch, final long endSequence, final long deliveredSequence) {
        throw new IllegalStateException("over-run: epoch " + epoch + " ends at sequence " + endSequence
                + " but entries up to " + deliveredSequence + " were applied; start " + role + " again to rebuild it");
    }

    private static String sentence(final int code, final int server) {
        return switch (code) {
            case ALL_SERVERS_FAILED -> "no archive has what is needed of the log; trying again";
            case NO_SERVERS -> "there is no archive to ask for the log";
            case SERVER_CORRUPT -> "archive number " + server + " says that its log is damaged; asking another";
            case SERVER_WRONG -> "archive number " + server + " sent a wrong entry; asking another";
            case LIVE_WRONG -> "the live stream brought a wrong entry; fetching it from an archive";
            default -> "log reader error " + code;
        };
    }
}
