package io.lockstep.transport;

/** The six streams of the system, their ids and what they are sized for. */
public enum StreamKind {
    /** Gateways to the sequencer and the standbys: commands without an order. */
    INGRESS(1001, true),

    /** Sequencer to archives, replicas and gateways: the log. */
    SEQUENCED(1002, true),

    /** Everybody to everybody: acks, seals, command answers, replica reports, output requests. */
    CONTROL(1003, false),

    /** Replicas to gateways: outputs. */
    OUTPUT(1004, true),

    /** Readers to the log server beside one archive; each archive has its own id, {@link #id(int)}. */
    REPLAY_REQUEST(1100, false),

    /** Log server to one reader; the reader draws the id, see {@link Transport#addReplayReplySubscription}. */
    REPLAY_REPLY(1 << 30, true);

    private final int id;
    private final boolean carriesBodies;

    StreamKind(final int id, final boolean carriesBodies) {
        this.id = id;
        this.carriesBodies = carriesBodies;
    }

    /** Aeron stream id, or the lowest one where there are several. */
    public int id() {
        return id;
    }

    /**
     * Aeron stream id of this stream at one member.
     *
     * @param memberId from 1 to {@link Member#MAX_ID}
     */
    public int id(final int memberId) {
        return id + memberId;
    }

    /** Whether messages carry a command or output body and may be as long as {@link MessageLimits} allows. */
    public boolean carriesBodies() {
        return carriesBodies;
    }

    /** Which of the multicast groups and ports is this stream's, from 0; unicast streams have none. */
    int multicastIndex() {
        return id - INGRESS.id;
    }
}
