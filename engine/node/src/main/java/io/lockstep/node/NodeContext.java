package io.lockstep.node;

import io.lockstep.core.logic.StateMachine;
import io.lockstep.node.agent.GatewayProgram;
import io.lockstep.node.config.NodeConfiguration;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** What a {@link Node} is made of besides its configuration. Set by one thread, then frozen by {@link #conclude()}. */
public final class NodeContext {
    private final NodeConfiguration configuration;
    private Supplier<? extends StateMachine> stateMachine;
    private IntFunction<? extends GatewayProgram> programs;
    private NodeListener listener;
    private long incarnation;
    private boolean concluded;

    /**
     * A context around a configuration.
     *
     * @param configuration checked
     */
    public NodeContext(final NodeConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Makes a state machine in its initial state for each replica. By default the class that the configuration names.
     *
     * @param factory called once for each replica
     */
    public NodeContext stateMachine(final Supplier<? extends StateMachine> factory) {
        open();
        stateMachine = factory;
        return this;
    }

    /**
     * Makes the program of each gateway. By default the class that the configuration names.
     *
     * @param factory called once for each gateway, with its id
     */
    public NodeContext programs(final IntFunction<? extends GatewayProgram> factory) {
        open();
        programs = factory;
        return this;
    }

    /**
     * Who is told of what matters to a human. Required.
     *
     * @param value listener
     */
    public NodeContext listener(final NodeListener value) {
        open();
        listener = value;
        return this;
    }

    /**
     * Names this start of the process; drawn at random by default.
     *
     * @param value not 0
     */
    public NodeContext incarnation(final long value) {
        open();
        incarnation = value;
        return this;
    }

    /**
     * Checks everything and freezes.
     *
     * @throws IllegalArgumentException that names every fault
     */
    public NodeContext conclude() {
        open();
        final List<String> faults = new ArrayList<>();
        if (listener == null) {
            faults.add("listener is missing");
        }
        if (!configuration.gateways().isEmpty() && programs == null && !configuration.program().isEmpty()) {
            final Supplier<GatewayProgram> named =
                    NamedClass.factory("program", configuration.program(), GatewayProgram.class, faults);
            programs = id -> named.get();
        } else if (!configuration.gateways().isEmpty() && programs == null) {
            faults.add("host.gateways=" + configuration.gateways()
                    + " but there is no program for a gateway to run; name its class with program=");
        }
        if (!configuration.replicas().isEmpty() && stateMachine == null) {
            stateMachine = LogicClass.factory(configuration.logic(), faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("node: " + String.join("; ", faults));
        }
        while (incarnation == 0) {
            incarnation = new SecureRandom().nextLong();
        }
        concluded = true;
        return this;
    }

    NodeConfiguration configuration() {
        return configuration;
    }

    Supplier<? extends StateMachine> stateMachine() {
        return stateMachine;
    }

    IntFunction<? extends GatewayProgram> programs() {
        return programs;
    }

    NodeListener listener() {
        return listener;
    }

    long incarnation() {
        return incarnation;
    }

    boolean isConcluded() {
        return concluded;
    }

    private void open() {
        if (concluded) {
            throw new IllegalStateException("node: the context is concluded");
        }
    }
}
