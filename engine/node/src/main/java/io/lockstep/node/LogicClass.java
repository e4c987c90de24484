package io.lockstep.node;

import io.lockstep.core.logic.StateMachine;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.Supplier;

/** Finds the state machine that a configuration names: a public class with a public constructor without parameters. */
public final class LogicClass {
    private LogicClass() {}

    /**
     * Makes a factory for a class on the class path.
     *
     * @param name of the class
     * @param faults takes a sentence if the class will not do
     * @return the factory, or null after a fault
     */
    public static Supplier<StateMachine> factory(final String name, final List<String> faults) {
        try {
            final Constructor<? extends StateMachine> constructor =
                    Class.forName(name).asSubclass(StateMachine.class).getConstructor();
            return () -> make(constructor);
        } catch (final ClassNotFoundException e) {
            faults.add("logic=" + name + " is no class on the class path");
        } catch (final ClassCastException e) {
            faults.add("logic=" + name + " does not implement " + StateMachine.class.getName());
        } catch (final NoSuchMethodException e) {
            faults.add("logic=" + name + " has no public constructor without parameters");
        }
        return null;
    }

    private static StateMachine make(final Constructor<? extends StateMachine> constructor) {
        try {
            return constructor.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "logic=" + constructor.getDeclaringClass().getName() + " cannot be made", e);
        }
    }
}
