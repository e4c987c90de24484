package io.lockstep.tools;

import io.lockstep.codecs.exchange.Side;
import io.lockstep.matching.flow.FlowCommand;
import io.lockstep.matching.flow.FlowSource;
import io.lockstep.matching.flow.OrderFlowReader;
import io.lockstep.matching.flow.SyntheticFlow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flow files for tests. */
public final class FlowFile {
    private FlowFile() {}

    /** Writes made-up rows, the same for the same seed. */
    public static Path synthetic(final Path file, final long seed, final long count) throws IOException {
        try (FlowSource source = new SyntheticFlow(seed, count)) {
            return Files.write(file, rows(source, count));
        }
    }

    /** Writes the first rows of another file. */
    public static Path firstRows(final Path file, final Path of, final long count) throws IOException {
        try (FlowSource source = OrderFlowReader.open(of)) {
            return Files.write(file, rows(source, count));
        }
    }

    private static List<String> rows(final FlowSource source, final long count) {
        final List<String> lines = new ArrayList<>();
        lines.add(OrderFlowReader.HEADER);
        final FlowCommand row = new FlowCommand();
        while (lines.size() <= count && source.next(row)) {
            lines.add(String.join(
                    ",",
                    Long.toString(row.seq()),
                    Long.toString(row.srcRow()),
                    Long.toString(row.tsNs()),
                    row.kind().name(),
                    row.side() == Side.BUY ? "B" : "S",
                    Long.toString(row.orderId()),
                    Long.toString(row.quantity()),
                    Long.toString(row.price1e4()),
                    row.flag() == FlowCommand.NO_FLAG ? "" : Character.toString(row.flag())));
        }
        return lines;
    }
}
