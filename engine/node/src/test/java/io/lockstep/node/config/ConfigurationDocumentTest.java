package io.lockstep.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of settings names every key that is read, and no other. */
class ConfigurationDocumentTest {
    private static final Path SOURCE = Path.of("src/main/java/io/lockstep/node/config/NodeConfiguration.java");
    private static final String READS = "(?:text|number|decimal|oneOf|ids|hosted|addMembers)";
    private static final Path DOCUMENT = Path.of("../../docs/configuration.md");

    @Test
    void namesEveryKeyAndNoOther() throws IOException {
        final Set<String> read = found(Files.readString(SOURCE), READS + "\\(\\s*(?:reader,\\s*)?\"([a-z.]+)\"");
        final Set<String> documented = new TreeSet<>();
        for (final String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| `")) {
                documented.addAll(found(line.split("\\|", -1)[1], "`([a-z.]+)1?`"));
            }
        }

        assertEquals(read, documented);
    }

    private static Set<String> found(final String text, final String pattern) {
        final Set<String> keys = new TreeSet<>();
        final Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            keys.add(matcher.group(1));
        }
        return keys;
    }
}
