package io.lockstep.node;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.function.Supplier;

/** Finds a public class that a configuration names, with a public constructor without parameters. */
final class NamedClass {
    private NamedClass() {}

    /**
     * Makes a factory for a class.
     *
     * @param key of the configuration, for the sentence about a fault
     * @param name of the class
     * @param type that it must implement
     * @param faults takes a sentence if the class will not do
     * @return the factory, or null after a fault
     */
    static <T> Supplier<T> factory(
            final String key, final String name, final Class<T> type, final List<String> faults) {
        try {
            final Constructor<? extends T> constructor =
                    Class.forName(name).asSubclass(type).getConstructor();
            return () -> make(key, constructor);
        } catch (final ClassNotFoundException e) {
            faults.add(key + "=" + name + " is no class on the class path");
        } catch (final ClassCastException e) {
            faults.add(key + "=" + name + " does not implement " + type.getName());
        } catch (final NoSuchMethodException e) {
            faults.add(key + "=" + name + " has no public constructor without parameters");
        }
        return null;
    }

    private static <T> T make(final String key, final Constructor<? extends T> constructor) {
        try {
            return constructor.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException(
                    key + "=" + constructor.getDeclaringClass().getName() + " cannot be made", e);
        }
    }
}
