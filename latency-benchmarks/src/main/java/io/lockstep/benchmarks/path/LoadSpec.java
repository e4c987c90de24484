package io.lockstep.benchmarks.path;

/**
 * Names a load: {@code constant:50000} messages a second, {@code bursts:422x500} messages and milliseconds, or {@code
 * recorded:10} times the recorded speed.
 *
 * @param kind of load
 * @param first rate, size of a burst, or speed
 * @param second milliseconds between bursts
 */
record LoadSpec(Kind kind, int first, int second) {
    /** Kinds of load. */
    enum Kind {
        CONSTANT,
        BURSTS,
        RECORDED
    }

    static LoadSpec constant(final int perSecond) {
        return new LoadSpec(Kind.CONSTANT, perSecond, 0);
    }

    static LoadSpec parse(final String text) {
        final String[] parts = text.split(":", 2);
        try {
            switch (parts[0]) {
                case "constant" -> {
                    return checked(text, constant(Integer.parseInt(parts[1])));
                }
                case "bursts" -> {
                    final String[] numbers = parts[1].split("x", 2);
                    return checked(
                            text,
                            new LoadSpec(
                                    Kind.BURSTS, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1])));
                }
                case "recorded" -> {
                    return checked(text, new LoadSpec(Kind.RECORDED, Integer.parseInt(parts[1]), 0));
                }
                default -> throw new IllegalArgumentException(wrong(text));
            }
        } catch (final NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(wrong(text), e);
        }
    }

    LoadShape shape(final double warmUpSeconds, final double seconds, final long[] recordedNs) {
        return switch (kind) {
            case CONSTANT -> LoadShape.constant(first, warmUpSeconds, seconds);
            case BURSTS -> LoadShape.bursts(first, second, warmUpSeconds, seconds);
            case RECORDED -> LoadShape.recorded(toString(), recordedNs, first, warmUpSeconds, seconds);
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case CONSTANT -> "constant:" + first;
            case BURSTS -> "bursts:" + first + "x" + second;
            case RECORDED -> "recorded:" + first;
        };
    }

    private static LoadSpec checked(final String text, final LoadSpec spec) {
        if (spec.first < 1 || spec.second < 0 || (spec.kind == Kind.BURSTS && spec.second == 0)) {
            throw new IllegalArgumentException(wrong(text));
        }
        return spec;
    }

    private static String wrong(final String text) {
        return "load " + text + " is none of constant:RATE, bursts:SIZExMILLISECONDS, recorded:SPEED";
    }
}
