package io.lockstep.benchmarks.micro.ring;

/** How the consumers of a ring depend on each other. */
enum Graph {
    /** One consumer. */
    SINGLE(1),
    /** Three consumers, each behind the one before. */
    PIPELINE(3),
    /** Two consumers side by side and a third one behind both. */
    DIAMOND(3);

    private final int stages;

    Graph(final int stages) {
        this.stages = stages;
    }

    int stages() {
        return stages;
    }

    /** The stages that a stage is right behind; none: it follows the producer. */
    int[] behind(final int stage) {
        return switch (this) {
            case SINGLE -> new int[0];
            case PIPELINE -> stage == 0 ? new int[0] : new int[] {stage - 1};
            case DIAMOND -> stage < 2 ? new int[0] : new int[] {0, 1};
        };
    }
}
