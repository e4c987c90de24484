package io.lockstep.tools.console;

import io.lockstep.node.config.NodeConfiguration;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Reads configuration files for commands. */
public final class Configurations {
    private static final List<String> HOSTED =
            List.of("host.sequencers", "host.archives", "host.replicas", "host.gateways");

    private Configurations() {}

    /**
     * Reads a configuration as it stands.
     *
     * @param file to read
     * @throws UsageException if the file cannot be read
     * @throws IllegalArgumentException that lists every fault in it
     */
    public static NodeConfiguration load(final Path file) throws IOException {
        return NodeConfiguration.of(properties(file), file.toString());
    }

    /**
     * Reads a configuration for a process that hosts one gateway and nothing else, whatever the file says it hosts.
     *
     * @param file to read
     * @param gatewayId of the gateway
     * @throws UsageException if the file cannot be read
     * @throws IllegalArgumentException that lists every fault in it
     */
    public static NodeConfiguration loadForGateway(final Path file, final int gatewayId) throws IOException {
        final Properties properties = properties(file);
        HOSTED.forEach(properties::remove); // by name, so that a misspelt one is still told
        properties.setProperty("host.gateways", Integer.toString(gatewayId));
        return NodeConfiguration.of(properties, file.toString());
    }

    /** The roles a configuration gives to its process, for people. */
    public static String roles(final NodeConfiguration configuration) {
        return "sequencers " + configuration.sequencers() + ", archives " + configuration.archives() + ", replicas "
                + configuration.replicas() + ", gateways " + configuration.gateways();
    }

    /**
     * Puts the place for media drivers that the scripts' LOCKSTEP_DIR names into a configuration that names none.
     *
     * @param properties of the configuration
     */
    public static void setDriverParent(final Properties properties) {
        final String place = System.getProperty("lockstep.dir", "");
        if (!place.isEmpty() && properties.getProperty("driver.directory", "").isEmpty()) {
            properties.putIfAbsent("driver.parent", place);
        }
    }

    private static Properties properties(final Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new UsageException(file + " cannot be read; give --config a properties file");
        }
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (final MalformedInputException e) {
            throw new UsageException(file + " is not UTF-8 text");
        }
        setDriverParent(properties);
        return properties;
    }
}
