package io.lockstep.codecs;

import io.lockstep.codecs.MessageShape.EnumRule;
import java.util.List;

/** What {@link MessageCheck} must check, worked out from a schema file. */
public final class SchemaShapes {
    private SchemaShapes() {}

    /** A check of every message of the schema. */
    public static MessageCheck check(final Schema schema) {
        final int most = schema.messages.stream().mapToInt(Schema.Message::id).max().orElseThrow();
        final MessageShape[] shapes = new MessageShape[most + 1];
        for (final Schema.Message message : schema.messages) {
            shapes[message.id()] = shape(message, schema.version);
        }
        return new MessageCheck(schema.id, schema.version, shapes);
    }

    private static MessageShape shape(final Schema.Message message, final int version) {
        final EnumRule[] enums = message.fields().stream()
                .filter(Schema.Field::isEnum)
                .map(field -> new EnumRule(field.offset(), field.least(), field.most()))
                .toArray(EnumRule[]::new);
        final int since = message.sinceVersion();
        final List<Schema.Field> fields = message.fields();
        MessageShape shape = MessageShape.blockSince(since, Schema.length(fields, since), enums);
        for (int later = since + 1; later <= version; later++) {
            if (Schema.length(fields, later) > Schema.length(fields, later - 1)) {
                shape = shape.grown(later, Schema.length(fields, later));
            }
        }
        for (final Schema.Group group : message.groups()) {
            final int from = group.sinceVersion();
            VersionedLength length = VersionedLength.since(from, Schema.length(group.fields(), from));
            for (int later = from + 1; later <= version; later++) {
                if (Schema.length(group.fields(), later) > Schema.length(group.fields(), later - 1)) {
                    length = length.grown(later, Schema.length(group.fields(), later));
                }
            }
            shape = shape.group(length);
        }
        for (final Schema.Data data : message.data()) {
            shape = shape.dataSince(data.sinceVersion(), data.maxLength());
        }
        return shape;
    }
}
