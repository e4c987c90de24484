package io.lockstep.benchmarks.path.subject;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.lockstep.benchmarks.path.LoadClient;
import io.lockstep.node.agent.InvokedDriver;
import io.lockstep.transport.ClientThreading;
import io.lockstep.transport.DriverContext;
import io.lockstep.transport.SeededLoss;
import io.lockstep.transport.Transport;
import io.lockstep.transport.TransportContext;
import io.lockstep.transport.TransportDriver;
import java.nio.ByteOrder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Bare Aeron over Lockstep's own channels, driver settings and loop: there and back, or over a relay and a second
 * stream as Lockstep's commands go. Each part passes on what it gets as it is.
 *
 * <pre>
 *   ping-pong:  client ══ingress══▶ echo ══outputs══▶ client
 *   chain:      client ══ingress══▶ relay ══sequenced══▶ echo ══outputs══▶ client
 * </pre>
 */
final class AeronHops implements Chain {
    private static final int FRAGMENT_LIMIT = 256;

    private final SeededLoss loss;
    private final TransportDriver driver;
    private final InvokedDriver invokedDriver;
    private final Aeron aeron;
    private final ExclusivePublication toFirst;
    private final Subscription atFirst;
    private final ExclusivePublication toSecond;
    private final Subscription atSecond;
    private final ExclusivePublication answers;
    private final Subscription atClient;
    private final ControlledFragmentHandler first;
    private final ControlledFragmentHandler second;
    private final ControlledFragmentHandler last;
    private LoadClient load;

    AeronHops(final TransportContext context, final boolean hasRelay, final double lossPercent) {
        final DriverContext driverContext = DriverContext.of(context).threadingMode(ThreadingMode.INVOKER);
        loss = lossPercent > 0 ? new SeededLoss(1, lossPercent, lossPercent) : null;
        if (loss != null) {
            driverContext.loss(loss);
        }
        driver = TransportDriver.launch(driverContext);
        invokedDriver = new InvokedDriver(driver.invoker());
        aeron = driver.connect("chain", ClientThreading.INVOKER_WITH_DRIVER, error -> {
            throw new IllegalStateException(error);
        });
        final Transport transport = new Transport(aeron, context);
        atFirst = transport.addIngressSubscription(1);
        toFirst = transport.addIngressPublication();
        atSecond = hasRelay ? transport.addSequencedSubscription() : null;
        toSecond = hasRelay ? transport.addSequencedPublication(1) : null;
        atClient = transport.addOutputSubscription();
        answers = transport.addOutputPublication(1);
        final ExclusivePublication afterFirst = hasRelay ? toSecond : answers;
        first = (buffer, offset, length, header) -> pass(afterFirst, buffer, offset, length);
        second = (buffer, offset, length, header) -> pass(answers, buffer, offset, length);
        last = (buffer, offset, length, header) -> {
            load.onAnswer(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
            return Action.CONTINUE;
        };
    }

    @Override
    public int doWork(final LoadClient client) {
        load = client;
        int work = invokedDriver.doWork() + aeron.conductorAgentInvoker().invoke();
        work += atFirst.controlledPoll(first, FRAGMENT_LIMIT) + invokedDriver.doWorkIfWanted();
        if (atSecond != null) {
            work += atSecond.controlledPoll(second, FRAGMENT_LIMIT) + invokedDriver.doWorkIfWanted();
        }
        return work + atClient.controlledPoll(last, FRAGMENT_LIMIT);
    }

    @Override
    public boolean isReady() {
        return toFirst.isConnected() && answers.isConnected() && (toSecond == null || toSecond.isConnected());
    }

    @Override
    public long droppedDatagrams() {
        return loss == null ? 0 : loss.droppedData() + loss.droppedControl();
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int length) {
        return toFirst.offer(buffer, offset, length) > 0;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(aeron, driver);
    }

    private Action pass(
            final ExclusivePublication to, final DirectBuffer buffer, final int offset, final int length) {
        if (to.offer(buffer, offset, length) < 0) {
            return Action.ABORT;
        }
        invokedDriver.onOffered();
        return Action.CONTINUE;
    }
}
