package io.lockstep.node;

import io.lockstep.core.logic.StateMachine;
import io.lockstep.matching.ExchangeStateMachine;
import io.lockstep.matching.MatchingContext;
import io.lockstep.matching.Symbol;
import java.util.List;
import java.util.function.Supplier;

/** Finds the state machine that a configuration names: a public class with a public constructor without parameters. */
public final class LogicClass {
    /** Stands for the reference exchange with one symbol, number 1, tick 0.0001, lot 1. */
    public static final String EXCHANGE = "exchange";

    private LogicClass() {}

    /**
     * Makes a factory for a class on the class path.
     *
     * @param name {@link #EXCHANGE} or the name of a class
     * @param faults takes a sentence if the class will not do
     * @return the factory, or null after a fault
     */
    public static Supplier<StateMachine> factory(final String name, final List<String> faults) {
        if (name.equals(EXCHANGE)) {
            return () -> new ExchangeStateMachine(new MatchingContext().symbol(Symbol.finest(1)));
        }
        return NamedClass.factory("logic", name, StateMachine.class, faults);
    }
}
