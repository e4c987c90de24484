package io.lockstep.node.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lockstep.core.epoch.ArchiveSet;
import io.lockstep.node.trace.HopRings;
import io.lockstep.transport.Medium;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeConfigurationTest {
    @Test
    void takesDefaultsForWhatIsNotSaid() {
        final NodeConfiguration configuration = NodeConfiguration.of(members(3), "test");

        assertEquals(1, configuration.clusterId());
        assertEquals(Medium.AUTO, configuration.medium());
        assertEquals(Layout.FUSED, configuration.layout());
        assertEquals("backoff", configuration.idle());
        assertEquals(64 << 20, configuration.segmentBytes());
        assertEquals(NodeConfiguration.DEFAULT_LOGIC, configuration.logic());
        assertEquals(Path.of("lockstep-data/archive-2"), configuration.archiveDirectory(2));
        assertEquals(List.of(), configuration.archives());
        assertEquals(5, configuration.members().size());
        final HopRings rings = configuration.hopRings();
        rings.taps(1);
        assertEquals(List.of(), rings.traces());
    }

    @Test
    void readsWhatIsSaid() {
        final Properties properties = members(3);
        properties.setProperty("host.archives", "3, 1");
        properties.setProperty("layout", "Threaded");
        properties.setProperty("medium", "ipc");
        properties.setProperty("archive.segment.bytes", "33_554_432");
        properties.setProperty("sequencer.tick.us", "2000");
        properties.setProperty("session.timeout.ms", "500");
        properties.setProperty("trace.hops", "true");
        properties.setProperty("trace.hops.capacity", "2_048");

        final NodeConfiguration configuration = NodeConfiguration.of(properties, "test");

        assertEquals(List.of(3, 1), configuration.archives());
        assertEquals(Layout.THREADED, configuration.layout());
        assertEquals(Medium.IPC, configuration.medium());
        assertEquals(32 << 20, configuration.segmentBytes());
        assertEquals(2_000_000, configuration.tickIntervalNs());
        assertEquals(500_000_000, configuration.sessionTimeoutNs());
        final HopRings rings = configuration.hopRings();
        rings.taps(1);
        assertEquals(1, rings.traces().size());
    }

    @Test
    void listsEveryFaultAtOnce() {
        final Properties properties = members(3);
        properties.setProperty("cluster.id", "many");
        properties.setProperty("layuot", "fused");
        properties.setProperty("medium", "pigeon");
        properties.setProperty("replica.2", "127.0.0.1");
        properties.setProperty("host.archives", "1,7");

        final List<String> lines = faults(properties).lines().toList();

        assertEquals("test has 5 faults:", lines.get(0));
        assertEquals(6, lines.size(), lines.toString());
        assertTrue(lines.contains("  cluster.id=many is not a whole number"), lines.toString());
        assertTrue(lines.contains("  unknown key layuot; did you mean layout?"), lines.toString());
        assertTrue(lines.contains("  replica.2=127.0.0.1 is not host:port"), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.contains("medium=pigeon is none of auto,")), lines.toString());
        assertTrue(
                lines.contains("  host.archives=[1, 7] holds 7, but there is no archive.7"), lines.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "sequencer.tick, sequencer.tick.us",
        "host.replica, host.replicas",
        "multicast.prt, multicast.port",
        "Layout, layout",
        "loss.persent, loss.percent"
    })
    void suggestsTheNearestKey(final String misspelt, final String near) {
        final Properties properties = members(1);
        properties.setProperty(misspelt, "1");

        assertEquals(
                "test has 1 fault:\n  unknown key " + misspelt + "; did you mean " + near + "?", faults(properties));
    }

    @Test
    void suggestsNothingFarFetched() {
        final Properties properties = members(1);
        properties.setProperty("colour.of.the.sky", "blue");

        assertEquals("test has 1 fault:\n  unknown key colour.of.the.sky", faults(properties));
    }

    @ParameterizedTest
    @CsvSource({
        "host.sequencers, 2, sequencer.2",
        "host.archives, 4, archive.4",
        "host.replicas, 3, replica.3"
    })
    void hostsMembersOnly(final String key, final String id, final String missing) {
        final Properties properties = members(3);
        properties.setProperty(key, id);

        assertTrue(faults(properties).contains("there is no " + missing), faults(properties));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void takesAnOddNumberOfArchives(final int count) {
        final int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = i + 1;
        }
        final NodeConfiguration configuration = NodeConfiguration.of(members(count), "test");
        assertEquals(ArchiveSet.of(ids).size(), configuration.archiveSet().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 7})
    void refusesAnyOtherNumberOfArchives(final int count) {
        final String faults = faults(members(count));
        assertTrue(faults.contains("there must be 1, 3 or 5 members archive.N, but there are " + count), faults);
    }

    @Test
    void wantsASequencer() {
        final Properties properties = members(1);
        properties.remove("sequencer.1");

        assertTrue(faults(properties).contains("there must be a member sequencer.1"), faults(properties));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster.id, 0, is not from 1 to",
        "cluster.id, 99999999999, is not from 1 to",
        "multicast.port, 80, is not from 1024 to 65000",
        "archive.sync, 3, is not from 0 to 2",
        "archive.segment.bytes, 16777217, is not a power of two",
        "replica.ring.bytes, 4194305, is not a power of two",
        "trace.hops, yes, 'is none of true, false'",
        "trace.hops.capacity, 65537, is not a power of two",
        "trace.hops.capacity, 512, is not from 1024 to 16777216",
        "loss.percent, 51, is not from 0 to 50",
        "loss.percent, 50.1, is not from 0 to 50",
        "loss.percent, -0.1, is not from 0 to 50",
        "loss.percent, a few, is not a number",
        "loss.percent, NaN, is not a number",
        "loss.percent, 1e1, is not a number",
        "idle, snooze, is none of",
        "host.gateways, 0, which is not from 1 to",
        "host.gateways, '1,1', holds 1 twice",
        "host.gateways, '1,,2', must be numbers separated by commas",
        "archive.100, '127.0.0.1:1', does not end in a number",
        "archive.-1, '127.0.0.1:1', does not end in a number",
        "archive.x, '127.0.0.1:1', unknown key archive.x; did you mean archive.1?",
        "archive.2, '127.0.0.1:', is not host:port",
        "archive.2, '127.0.0.1:port', is not host:port",
        "archive.2, ':1', is not host:port"
    })
    void refusesWhatWillNotDo(final String key, final String value, final String sentence) {
        final Properties properties = members(3);
        properties.setProperty(key, value);

        final String faults = faults(properties);

        assertTrue(faults.contains(key), faults);
        assertTrue(faults.contains(sentence), faults);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "0.1, 0.1", "12.25, 12.25", "50, 50"})
    void aLossMayBeAFractionOfAPercent(final String text, final double percent) {
        final Properties properties = members(1);
        properties.setProperty("loss.percent", text);

        assertEquals(percent, NodeConfiguration.of(properties, "test").lossPercent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999", "65529", "0"})
    void refusesAPortThatIsNone(final String port) {
        final Properties properties = members(3);
        properties.setProperty("archive.2", "127.0.0.1:" + port);

        assertTrue(faults(properties).contains("archive.2=127.0.0.1:" + port), faults(properties));
    }

    @Test
    void namesTheFileOfAFault(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("node.properties");
        Files.writeString(file, "sequencer.1=127.0.0.1:25710\narchive.1=127.0.0.1:25720\nclaster.id=1\n");

        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> NodeConfiguration.load(file));

        assertEquals(file + " has 1 fault:\n  unknown key claster.id; did you mean cluster.id?", refusal.getMessage());
    }

    private static String faults(final Properties properties) {
        return assertThrows(IllegalArgumentException.class, () -> NodeConfiguration.of(properties, "test"))
                .getMessage();
    }

    private static Properties members(final int archives) {
        final Properties properties = new Properties();
        properties.setProperty("sequencer.1", "127.0.0.1:25710");
        properties.setProperty("replica.1", "127.0.0.1:25790");
        for (int id = 1; id <= archives; id++) {
            properties.setProperty("archive." + id, "127.0.0.1:" + (25710 + id * 10));
        }
        return properties;
    }
}
