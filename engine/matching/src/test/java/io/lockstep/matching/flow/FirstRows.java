package io.lockstep.matching.flow;

/** The first rows of a flow. */
final class FirstRows implements FlowSource {
    private final FlowSource flow;
    private long left;

    FirstRows(final FlowSource flow, final long count) {
        this.flow = flow;
        left = count;
    }

    @Override
    public boolean next(final FlowCommand into) {
        return left-- > 0 && flow.next(into);
    }

    @Override
    public void close() {
        flow.close();
    }
}
