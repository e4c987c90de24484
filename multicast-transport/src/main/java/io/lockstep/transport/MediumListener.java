package io.lockstep.transport;

/** Hears which medium {@link Medium#AUTO} became. Called once, by the thread that concludes the context. */
@FunctionalInterface
public interface MediumListener {
    /**
     * The medium was chosen.
     *
     * @param medium that will be used: {@link Medium#MULTICAST} or, as a fall-back, {@link Medium#UNICAST}
     * @param reason a sentence for a human: what was tried, and what came of it
     */
    void onMediumChosen(Medium medium, String reason);
}
