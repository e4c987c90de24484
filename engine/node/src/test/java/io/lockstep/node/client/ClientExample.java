package io.lockstep.node.client;

import io.lockstep.core.client.Output;
import io.lockstep.core.client.SessionState;
import io.lockstep.node.config.NodeConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends ten numbers to the system of a properties file, as client 42, and prints each answer. */
public final class ClientExample implements ClientListener {
    private int answers;

    public static void main(final String[] arguments) throws IOException {
        final NodeConfiguration configuration = NodeConfiguration.load(Path.of(arguments[0]));
        final ClientExample example = new ClientExample();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[Long.BYTES]);
        try (LockstepClient client = LockstepClient.connect(configuration, 42, example, 10_000)) {
            int offered = 0;
            while (example.answers < 10 && client.session().state() == SessionState.OPEN) {
                command.putLong(0, offered);
                if (offered < 10 && client.offer(command, 0, Long.BYTES) > 0) {
                    offered++;
                }
                client.poll();
            }
        }
    }

    @Override
    public void onOutput(final Output output) {
        answers++;
        System.out.println(output.clientSequence() + " " + output.buffer().getLong(output.offset()));
    }
}
