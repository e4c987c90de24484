package io.lockstep.tools.log;

import io.lockstep.archive.log.Fault;
import io.lockstep.archive.log.RecordingReport;
import io.lockstep.archive.log.VerifyReport;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes what was found in a log as one JSON object on one line; what cannot be told is null. One thread. */
final class ReportJson {
    private final StringBuilder out = new StringBuilder("{");

    private ReportJson() {}

    /** Each recording, and nothing of what is wrong. */
    static String info(final VerifyReport report) {
        final ReportJson json = new ReportJson();
        json.array("recordings", report.recordings(), json::recording);
        return json.end();
    }

    /** Whether all is well, what is not, and each recording. */
    static String verify(final VerifyReport report) {
        final ReportJson json = new ReportJson();
        json.name("ok").append(report.isOk());
        json.number("entries", report.entries());
        json.array("faults", report.faults(), json::fault);
        json.array("recordings", report.recordings(), json::recording);
        return json.end();
    }

    private String end() {
        return out.append('}').toString();
    }

    private void recording(final RecordingReport recording) {
        number("recordingId", recording.recordingId());
        text("place", recording.place().name().toLowerCase(Locale.ROOT));
        number("epoch", recording.epoch());
        number("firstSequence", recording.firstSequence());
        number("lastSequence", recording.lastSequence());
        number("entries", recording.entries());
        number("bytes", recording.bytes());
        number("voidBytes", recording.voidBytes());
    }

    private void fault(final Fault fault) {
        text("kind", fault.kind().name());
        number("recordingId", fault.recordingId());
        number("epoch", fault.epoch());
        number("expectedSequence", fault.expectedSequence());
        number("position", fault.position());
        text("file", fault.file());
        number("fileOffset", fault.fileOffset());
        text("reason", fault.reason());
    }

    private <T> void array(final String name, final List<T> elements, final Consumer<T> writer) {
        name(name).append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "{" : ",{");
            writer.accept(elements.get(i));
            out.append('}');
        }
        out.append(']');
    }

    private void number(final String name, final long value) {
        if (value == Fault.UNKNOWN) {
            name(name).append("null");
        } else {
            name(name).append(value);
        }
    }

    private void text(final String name, final String value) {
        name(name).append('"');
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        out.append('"');
    }

    private StringBuilder name(final String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        return out.append('"').append(name).append("\":");
    }
}
