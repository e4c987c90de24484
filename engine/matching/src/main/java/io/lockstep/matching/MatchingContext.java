package io.lockstep.matching;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an exchange is built with: its symbols and its bounds. All replicas of one exchange must be built alike, but for
 * {@link #hashSeed(long)}. At each bound a command is rejected with a code of its own; memory is taken at the start.
 */
public final class MatchingContext {
    /** Default of {@link #maxOrders(int)}. */
    public static final int MAX_ORDERS_DEFAULT = 1 << 17;

    /** Default of {@link #maxLevels(int)}. */
    public static final int MAX_LEVELS_DEFAULT = 1 << 15;

    /** Default of {@link #maxSessions(int)}. */
    public static final int MAX_SESSIONS_DEFAULT = 1 << 12;

    /** Default of {@link #maxSessionOrders(int)}. */
    public static final int MAX_SESSION_ORDERS_DEFAULT = 1 << 16;

    private static final int MAX_ORDERS_LIMIT = 1 << 22;

    private final List<Symbol> symbols = new ArrayList<>();
    private int maxOrders = MAX_ORDERS_DEFAULT;
    private int maxLevels = MAX_LEVELS_DEFAULT;
    private int maxSessions = MAX_SESSIONS_DEFAULT;
    private int maxSessionOrders = MAX_SESSION_ORDERS_DEFAULT;
    private long hashSeed = 0x9E37_79B9_7F4A_7C15L;
    private boolean isConcluded;

    /** Adds a symbol; at least one is needed, and no two may have the same id. */
    public MatchingContext symbol(final Symbol symbol) {
        requireOpen();
        symbols.add(symbol);
        return this;
    }

    /** Most resting orders over all books; 1 to 4,194,304, default 131,072; 80 bytes each. */
    public MatchingContext maxOrders(final int count) {
        requireOpen();
        maxOrders = count;
        return this;
    }

    /** Most price levels over all books; 1 to 4,194,304, default 32,768; some 300 to 700 bytes each. */
    public MatchingContext maxLevels(final int count) {
        requireOpen();
        maxLevels = count;
        return this;
    }

    /** Most sessions that have resting orders at one time; 1 to 4,194,304, default 4,096. */
    public MatchingContext maxSessions(final int count) {
        requireOpen();
        maxSessions = count;
        return this;
    }

    /**
     * Most resting orders of one session; default 65,536. It also bounds what one mass cancel or lost session puts out.
     */
    public MatchingContext maxSessionOrders(final int count) {
        requireOpen();
        maxSessionOrders = count;
        return this;
    }

    /**
     * What the table of order ids is scattered by. Neither outputs nor state hash depend on it, so replicas may differ;
     * a value that clients cannot know keeps them from choosing ids that collide.
     */
    public MatchingContext hashSeed(final long seed) {
        requireOpen();
        hashSeed = seed;
        return this;
    }

    /**
     * Checks everything and freezes this context.
     *
     * @return this
     * @throws IllegalArgumentException that names all faults
     */
    public MatchingContext conclude() {
        if (isConcluded) {
            return this;
        }
        final List<String> faults = new ArrayList<>();
        if (symbols.isEmpty()) {
            faults.add("no symbol");
        }
        final Set<Integer> ids = new HashSet<>();
        for (final Symbol symbol : symbols) {
            if (!ids.add(symbol.id())) {
                faults.add("two symbols of id " + symbol.id());
            }
        }
        range(faults, "maxOrders", maxOrders);
        range(faults, "maxLevels", maxLevels);
        range(faults, "maxSessions", maxSessions);
        range(faults, "maxSessionOrders", maxSessionOrders);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("matching: " + String.join("; ", faults));
        }
        isConcluded = true;
        return this;
    }

    List<Symbol> symbols() {
        return symbols;
    }

    int maxOrders() {
        return maxOrders;
    }

    int maxLevels() {
        return maxLevels;
    }

    int maxSessions() {
        return maxSessions;
    }

    int maxSessionOrders() {
        return maxSessionOrders;
    }

    long hashSeed() {
        return hashSeed;
    }

    private static void range(final List<String> faults, final String name, final int value) {
        if (value < 1 || value > MAX_ORDERS_LIMIT) {
            faults.add(name + " must be 1 to " + MAX_ORDERS_LIMIT + ": " + value);
        }
    }

    private void requireOpen() {
        if (isConcluded) {
            throw new IllegalStateException("matching: the context is in use and cannot be changed");
        }
    }
}
