package io.lockstep.core.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A stream as Aeron gives it: in order and complete, but late; an image may be lost and joined again with a gap. */
final class ImageLink extends SimulatedPublisher {
    private final List<Image> images = new ArrayList<>();
    private long position;

    ImageLink(final Faults faults) {
        super(faults);
    }

    /** One message on its way. */
    private record Frame(long atNs, UnsafeBuffer message) {}

    /** One receiver's end. */
    static final class Image {
        private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
        private final Faults faults;

        private Image(final Faults faults) {
            this.faults = faults;
        }

        /** All that was on its way is gone; what comes next is what is sent next. */
        void lose() {
            waiting.clear();
        }

        void poll(final Receiver receiver) {
            while (!waiting.isEmpty() && waiting.peek().atNs <= faults.elapsedNs()) {
                final UnsafeBuffer message = waiting.peek().message;
                if (!receiver.onMessage(message, 0, message.capacity())) {
                    return;
                }
                waiting.poll();
            }
        }
    }

    Image join() {
        final Image image = new Image(faults);
        images.add(image);
        return image;
    }

    @Override
    long take(final UnsafeBuffer message) {
        for (final Image image : images) {
            final Frame last = image.waiting.peekLast();
            final long atNs = faults.elapsedNs() + faults.delayNs();
            image.waiting.add(new Frame(last == null ? atNs : Math.max(atNs, last.atNs), message));
        }
        return images.isEmpty() ? NOT_CONNECTED : ++position;
    }
}
