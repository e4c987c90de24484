package io.lockstep.transport;

/** What an end of a stream is to the system; decides which side of the unicast medium knows which. */
public enum Role {
    /** Active sequencer or standby: a member with fixed endpoints. */
    SEQUENCER,

    /** Archive host with its agent and log server: a member with fixed endpoints. */
    ARCHIVE,

    /** Replica of the state machine: a member with fixed endpoints. */
    REPLICA,

    /** Gateway, tool or any other program that comes and goes: knows the members, is known to none of them. */
    GATEWAY
}
