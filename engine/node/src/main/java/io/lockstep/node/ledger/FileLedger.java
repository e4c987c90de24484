package io.lockstep.node.ledger;

import io.lockstep.core.takeover.Ledger;
import io.lockstep.core.takeover.LedgerEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The ledger of processes on one host: one entry in a file that is replaced as a whole. Who replaces it holds a lock,
 * writes the next under another name, forces it, moves it into place and forces the directory, so that a process that
 * is killed anywhere leaves the entry before or the one after, and a reader is told nothing that could be forgotten.
 *
 * <p>A thread of its own does all this; whoever asks is answered by {@link #poll} on the thread that asked.
 */
public final class FileLedger implements Ledger, AutoCloseable {
    private static final int MOST_WAITING = 16;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    /** The operating system's locks are between processes; this one is between ledgers of one process. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path file;
    private final Path fresh;
    private final Path lock;
    private final LedgerAnswers answers;
    private final BlockingQueue<Request> requests = new ArrayBlockingQueue<>(MOST_WAITING);
    private final OneToOneConcurrentArrayQueue<Runnable> answered =
            new OneToOneConcurrentArrayQueue<>(2 * MOST_WAITING);
    private final Thread worker;
    private volatile boolean isClosed;

    /**
     * A ledger in a directory that all processes of the host share.
     *
     * @param directory that is there
     * @param name of the file in it
     * @param answers takes the answers, in {@link #poll}
     */
    public FileLedger(final Path directory, final String name, final LedgerAnswers answers) {
        this.file = directory.resolve(name);
        this.fresh = directory.resolve(name + ".new");
        this.lock = directory.resolve(name + ".lock");
        this.answers = answers;
        this.worker = new Thread(this::work, "lockstep-ledger");
        worker.setDaemon(true);
        worker.start();
    }

    /** What is asked; {@code next} is null for a read. */
    private record Request(long ticket, long expectedEpoch, LedgerEntry next) {}

    @Override
    public void read(final long ticket) {
        ask(new Request(ticket, 0, null));
    }

    @Override
    public void compareAndSet(final long ticket, final long expectedEpoch, final LedgerEntry next) {
        if (next.epoch() != expectedEpoch + 1) {
            throw new IllegalArgumentException("epoch " + next.epoch() + " cannot follow " + expectedEpoch);
        }
        ask(new Request(ticket, expectedEpoch, next));
    }

    /**
     * Hands over the answers that have come.
     *
     * @return how many
     */
    public int poll() {
        int work = 0;
        for (Runnable answer = answered.poll(); answer != null; answer = answered.poll()) {
            answer.run();
            work++;
        }
        return work;
    }

    /** Ends the ledger's thread; what is under way is finished, and what waits is not begun. */
    @Override
    public void close() {
        isClosed = true;
        worker.interrupt();
        try {
            worker.join(CLOSE_TIMEOUT_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where too much waits already the request is dropped, as one that gets lost: whoever asked asks again. */
    private void ask(final Request request) {
        if (!requests.offer(request)) {
            answers.onFailed(
                    request.ticket(), new IOException("the ledger " + file + " does not keep up; ask again later"));
        }
    }

    private void work() {
        while (!isClosed) {
            try {
                final Request request = requests.poll(1, TimeUnit.SECONDS);
                if (request != null) {
                    answer(request);
                }
            } catch (final InterruptedException e) {
                if (isClosed) {
                    return;
                }
            }
        }
    }

    private void answer(final Request request) {
        Runnable answer;
        try {
            answer = request.next() == null ? readUnderLock(request) : setUnderLock(request);
        } catch (final IOException | RuntimeException e) {
            answer = () -> answers.onFailed(request.ticket(), e);
        }
        while (!answered.offer(answer) && !isClosed) {
            Thread.onSpinWait(); // The one who asks polls, or has died.
        }
    }

    private Runnable readUnderLock(final Request request) throws IOException {
        IN_PROCESS.lock();
        try (FileChannel channel = openLock();
                FileLock held = channel.lock()) {
            final LedgerEntry now = held.isValid() ? current() : LedgerEntry.GENESIS;
            forceDirectory(); // Whoever wrote it may have been killed before it did so.
            return () -> answers.onRead(request.ticket(), now);
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private Runnable setUnderLock(final Request request) throws IOException {
        IN_PROCESS.lock();
        try (FileChannel channel = openLock();
                FileLock held = channel.lock()) {
            final LedgerEntry now = held.isValid() ? current() : LedgerEntry.GENESIS;
            if (now.epoch() != request.expectedEpoch()) {
                forceDirectory();
                return () -> answers.onDecided(request.ticket(), false, now);
            }
            write(request.next());
            return () -> answers.onDecided(request.ticket(), true, request.next());
        } finally {
            IN_PROCESS.unlock();
        }
    }

    private FileChannel openLock() throws IOException {
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private LedgerEntry current() throws IOException {
        if (!Files.exists(file)) {
            return LedgerEntry.GENESIS;
        }
        try {
            return LedgerRecord.decode(Files.readAllBytes(file));
        } catch (final IllegalArgumentException e) {
            throw new IOException(
                    "the ledger " + file + " cannot be used: " + e.getMessage()
                            + ". Restore it; without it nobody can take over, and a new one could fork the log",
                    e);
        }
    }

    private void write(final LedgerEntry next) throws IOException {
        final ByteBuffer bytes = LedgerRecord.encode(next);
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        try (FileChannel names = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
