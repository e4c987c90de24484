package io.lockstep.benchmarks.path;

import com.sun.management.ThreadMXBean;
import io.lockstep.benchmarks.path.subject.Subject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what the threads of a subject allocate between two looks, by the virtual machine's own account of each thread.
 * The looks are another thread's, so they cost the hot ones nothing.
 */
final class HotThreads {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Map<String, Long> ids = new TreeMap<>();
    private final Map<String, Long> bytesBefore = new TreeMap<>();
    private final LoadClient load;
    private final int answeredBefore;

    private HotThreads(final Subject subject, final LoadClient load) {
        this.load = load;
        for (final ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && subject.isHot(thread.getThreadName())) {
                ids.put(thread.getThreadName(), thread.getThreadId());
            }
        }
        answeredBefore = load.progress();
        ids.forEach((name, id) -> bytesBefore.put(name, THREADS.getThreadAllocatedBytes(id)));
    }

    /**
     * Takes the first look.
     *
     * @param subject whose threads are looked at
     * @param load that it runs
     */
    static HotThreads look(final Subject subject, final LoadClient load) {
        return new HotThreads(subject, load);
    }

    /** Takes another look; threads that have ended meanwhile are left out. */
    Garbage sinceThen() {
        final Map<String, Long> bytes = new TreeMap<>();
        ids.forEach((name, id) -> {
            final long now = THREADS.getThreadAllocatedBytes(id);
            if (now >= 0) {
                bytes.put(name, now - bytesBefore.get(name));
            }
        });
        return new Garbage(load.progress() - answeredBefore, bytes);
    }
}
