package io.lockstep.tools.demo;

import java.io.Console;

/** Whether somebody looks at a terminal, so that a screen can be redrawn in place. */
final class Terminal {
    private Terminal() {}

    /** True only where input and output are a terminal that knows control sequences. */
    @SuppressWarnings("SystemConsoleNull") // what newer JDKs answer is asked for below
    static boolean isThere() {
        final Console console = System.console();
        return console != null && !"dumb".equals(System.getenv("TERM")) && isTerminal(console);
    }

    /** From JDK 22 on there is always a console, and it says itself whether it is a terminal. */
    private static boolean isTerminal(final Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (final NoSuchMethodException e) {
            return true; // an older JDK, which has a console only on a terminal
        } catch (final ReflectiveOperationException e) {
            return false;
        }
    }
}
