package io.lockstep.node;

import io.lockstep.node.config.NodeConfiguration;
import io.lockstep.transport.DriverContext;
import java.nio.file.Path;
import java.util.UUID;

/** Which media driver a process uses: one that runs already, or its own, in shared memory or in a place of choice. */
public final class DriverPlace {
    private DriverPlace() {}

    /**
     * Puts the choice of a configuration into a driver's context.
     *
     * @param configuration says which
     * @param driverContext takes it
     */
    public static void apply(final NodeConfiguration configuration, final DriverContext driverContext) {
        if (!configuration.driverDirectory().isEmpty()) {
            driverContext.external(configuration.driverDirectory());
        } else if (!configuration.driverParent().isEmpty()) {
            driverContext.directory(Path.of(configuration.driverParent(), "aeron-" + UUID.randomUUID())
                    .toString());
        }
    }
}
