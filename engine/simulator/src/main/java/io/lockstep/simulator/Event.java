package io.lockstep.simulator;

/** Something that happens at a time; reused. */
final class Event {
    long timeNs;
    long ordinal;
    SimProcess process;
    int generation;
    Action action;
    Object message;
    int kind;
    int from;
    long number;

    /** What happens. */
    interface Action {
        void run(Event event);
    }
}
