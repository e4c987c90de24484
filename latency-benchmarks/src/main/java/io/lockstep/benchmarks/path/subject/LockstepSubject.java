package io.lockstep.benchmarks.path.subject;

import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.core.logic.StateMachine;
import io.lockstep.core.trace.HopJoin;
import io.lockstep.node.Node;
import io.lockstep.node.NodeContext;
import io.lockstep.node.NodeListener;
import io.lockstep.node.config.NodeConfiguration;
import java.util.Properties;
import java.util.function.Supplier;

/** A whole Lockstep system in this process, in one of its layouts. */
final class LockstepSubject implements Subject {
    private final int quorum;
    private final Node node;
    private volatile Throwable failure;

    LockstepSubject(
            final Properties properties, final Supplier<StateMachine> stateMachine, final LoadClient load) {
        final LoadProgram program = new LoadProgram(load);
        final NodeConfiguration configuration = NodeConfiguration.of(properties, "benchmark");
        quorum = configuration.archiveSet().quorum();
        node = Node.launch(new NodeContext(configuration)
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
    public HopJoin hops() {
        return HopJoin.of(node.hopTraces(), quorum);
    }

    @Override
    public void close() {
        node.close();
    }
}
