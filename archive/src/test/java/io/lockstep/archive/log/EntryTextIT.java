package io.lockstep.archive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries of a real log as text and as JSON. */
final class EntryTextIT {
    @TempDir
    private static Path recorded;

    @BeforeAll
    static void record() {
        try (RecordedLog log = RecordedLog.launch(recorded, 64 * 1024, 64 * 1024)) {
            log.startEpoch();
            log.command("buy".getBytes(StandardCharsets.US_ASCII));
            log.tick();
        }
    }

    @Test
    void showsCommandBodiesInHexadecimalAndProtocolBodiesDecoded() {
        final List<String> lines = lines(new EntryText(EntryText.BodyDecoder.NONE), false);

        assertEquals(
                List.of(
                        "1/1 2023-11-14T22:13:20.000001000Z EPOCH_START length=60 ownerNodeId=1"
                                + " ownerIncarnation=1592590337 previousEpoch=0 previousEndPosition=0"
                                + " previousEndSequence=0 protocolVersion=1 logicVersion=1 archives=[1]",
                        "1/2 2023-11-14T22:13:20.000002000Z COMMAND session=1.1#2 length=3 627579",
                        "1/3 2023-11-14T22:13:20.000003000Z TICK length=16 commitPosition=320"),
                lines);
    }

    @Test
    void showsJson() {
        final List<String> lines = lines(new EntryText(EntryText.BodyDecoder.NONE), true);

        assertEquals(
                "{\"epoch\":1,\"sequence\":1,\"kind\":\"EPOCH_START\",\"time\":\"2023-11-14T22:13:20.000001000Z\","
                        + "\"timeNs\":1700000000000001000,\"sessionId\":0,\"incarnation\":0,\"clientSequence\":0,"
                        + "\"clusterId\":7,\"recordingId\":0,\"position\":0,\"length\":60,\"body\":{\"ownerNodeId\":1,"
                        + "\"ownerIncarnation\":1592590337,\"previousEpoch\":0,\"previousEndPosition\":0,"
                        + "\"previousEndSequence\":0,\"protocolVersion\":1,\"logicVersion\":1,\"archives\":[1]}}",
                lines.get(0));
        assertEquals(
                "{\"epoch\":1,\"sequence\":2,\"kind\":\"COMMAND\",\"time\":\"2023-11-14T22:13:20.000002000Z\","
                        + "\"timeNs\":1700000000000002000,\"sessionId\":1,\"incarnation\":1,\"clientSequence\":2,"
                        + "\"clusterId\":7,\"recordingId\":0,\"position\":192,\"length\":3,\"body\":\"627579\"}",
                lines.get(1));
    }

    @Test
    void letsTheUserDecodeCommands() {
        final EntryText text = new EntryText((buffer, offset, length, isJson, out) -> {
            out.append('<').append(buffer.getStringWithoutLengthAscii(offset, length)).append('>');
            return true;
        });

        assertEquals(
                "1/2 2023-11-14T22:13:20.000002000Z COMMAND session=1.1#2 length=3 <buy>",
                lines(text, false).get(1));
    }

    private static List<String> lines(final EntryText text, final boolean isJson) {
        final List<String> lines = new ArrayList<>();
        try (LogCursor cursor = LogCursor.open(recorded)) {
            while (cursor.next() == LogCursor.ENTRY) {
                final StringBuilder line = new StringBuilder();
                if (isJson) {
                    text.appendJson(cursor.entry(), line);
                } else {
                    text.appendLine(cursor.entry(), line);
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }
}
