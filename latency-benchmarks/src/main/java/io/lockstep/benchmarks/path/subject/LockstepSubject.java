package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.NodeListener;
import io.lockstep.node.config.NodeConfiguration;
import java.util.Properties;
import java.util.function.Supplier;

/** A whole Lockstep system in this process, in one of its layouts. */
final class LockstepSubject implements Subject {
    private final Node node;
    private volatile Throwable failure;

    LockstepSubject(
            final Properties properties, final Supplier<StateMachine> stateMachine, final LoadClient load) {
        final LoadProgram program = new LoadProgram(load);
        node = Node.launch(new NodeContext(NodeConfiguration.of(properties, "benchmark"))
                .stateMachine(stateMachine)
                .programs(id -> program)
                .listener(new NodeListener() {
                    @Override
                    public void onFailure(final String role, final Throwable error) {
                        failure = error;
                    }

                    @Override
                    public void onWarning(final String role, final String message) {
                        System.err.println(role + ": " + message);
                    }
                }));
    }

    @Override
    public Throwable failure() {
        return failure;
    }

    @Override
    public boolean isHot(final String threadName) {
        return threadName.startsWith("lockstep-");
    }

    @Override
    public long droppedDatagrams() {
        return node.droppedDatagrams();
    }

    @Override
    public void close() {
        node.close();
    }
}
