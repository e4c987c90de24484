package io.lockstep.transport;

/** The IPv4 groups of the multicast streams, counted from the first. */
final class Groups {
    /** The first group's last byte may be this at most, so that the last stream's control group is still below 255. */
    static final int MAX_FIRST_LAST_OCTET = 247;

    private Groups() {}

    /** The four bytes of a dotted group, or null if it is none. */
    static int[] parse(final String group) {
        final String[] parts = group.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        final int[] octets = new int[4];
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("[0-9]{1,3}")) {
                return null;
            }
            octets[i] = Integer.parseInt(parts[i]);
            if (octets[i] > 255) {
                return null;
            }
        }
        return octets[0] >= 224 && octets[0] <= 239 ? octets : null;
    }

    /** The group that stands {@code offset} above another in the last byte. */
    static String plus(final String group, final int offset) {
        final int lastDot = group.lastIndexOf('.');
        return group.substring(0, lastDot + 1) + (Integer.parseInt(group.substring(lastDot + 1)) + offset);
    }
}
