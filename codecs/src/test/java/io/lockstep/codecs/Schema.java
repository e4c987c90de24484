package io.lockstep.codecs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * An SBE schema as its file says it, read without the SBE tool, for tests that compare code with it. Refuses what
 * {@link MessageShape} cannot say, so that a change of the schema that needs more is not overlooked.
 */
public final class Schema {
    private static final Map<String, Integer> SIZES = Map.ofEntries(
            Map.entry("char", 1),
            Map.entry("int8", 1),
            Map.entry("uint8", 1),
            Map.entry("int16", 2),
            Map.entry("uint16", 2),
            Map.entry("int32", 4),
            Map.entry("uint32", 4),
            Map.entry("float", 4),
            Map.entry("int64", 8),
            Map.entry("uint64", 8),
            Map.entry("double", 8));

    final int id;
    final int version;
    final String packageName;
    final List<Message> messages = new ArrayList<>();

    private final Map<String, Element> types = new HashMap<>();

    private Schema(final Document document) {
        final Element root = document.getDocumentElement();
        id = Integer.parseInt(root.getAttribute("id"));
        version = Integer.parseInt(root.getAttribute("version"));
        packageName = root.getAttribute("package");
        for (final Element list : children(root, "types")) {
            for (final Element type : children(list, null)) {
                types.put(type.getAttribute("name"), type);
            }
        }
        for (final Element message : children(root, "sbe:message")) {
            messages.add(message(message));
        }
    }

    /** Reads the schema that stands at the root of the class path. */
    public static Schema read(final String name) throws IOException {
        try (InputStream in = Schema.class.getResourceAsStream('/' + name)) {
            return new Schema(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
        } catch (final ParserConfigurationException | SAXException e) {
            throw new IOException(name, e);
        }
    }

    /** A field: where it stands in its block, its length, and, of an enum, its least and largest value, else 0. */
    record Field(String name, int offset, int length, int sinceVersion, int least, int most) {
        boolean isEnum() {
            return most > 0;
        }
    }

    /** A repeating group. */
    record Group(String name, int sinceVersion, List<Field> fields) {}

    /** Variable-length data. */
    record Data(String name, int sinceVersion, long maxLength) {}

    /** A message. */
    record Message(String name, int id, int sinceVersion, List<Field> fields, List<Group> groups, List<Data> data) {}

    static int length(final List<Field> fields, final int version) {
        int length = 0;
        for (final Field field : fields) {
            length += field.sinceVersion() <= version ? field.length() : 0;
        }
        return length;
    }

    private Message message(final Element element) {
        final List<Group> groups = new ArrayList<>();
        final List<Data> data = new ArrayList<>();
        for (final Element child : children(element, null)) {
            final String name = child.getAttribute("name");
            switch (child.getTagName()) {
                case "field" -> require(groups.isEmpty() && data.isEmpty(), "field after groups: " + name);
                case "group" -> {
                    require(data.isEmpty(), "group after data: " + name);
                    require("groupSizeEncoding".equals(child.getAttribute("dimensionType")), name);
                    require(children(child, "group").isEmpty() && children(child, "data").isEmpty(), "nested: " + name);
                    final List<Field> fields = fields(child);
                    require(fields.stream().noneMatch(Field::isEnum), "enum in group: " + name);
                    groups.add(new Group(name, since(child), fields));
                }
                case "data" -> data.add(new Data(name, since(child), maxLength(child)));
                default -> throw new IllegalStateException(child.getTagName());
            }
        }
        requireAppended(groups.stream().mapToInt(Group::sinceVersion).toArray(), element);
        requireAppended(data.stream().mapToInt(Data::sinceVersion).toArray(), element);
        if (!groups.isEmpty() && !data.isEmpty()) {
            // SBE puts groups first, so a group that came later than the data would stand in its place.
            require(groups.get(groups.size() - 1).sinceVersion() <= data.get(0).sinceVersion(), "group before data");
        }
        return new Message(
                element.getAttribute("name"),
                Integer.parseInt(element.getAttribute("id")),
                since(element),
                fields(element),
                groups,
                data);
    }

    private List<Field> fields(final Element parent) {
        final List<Field> fields = new ArrayList<>();
        int offset = 0;
        for (final Element element : children(parent, "field")) {
            final String name = element.getAttribute("name");
            require(!element.hasAttribute("offset") && !element.hasAttribute("presence"), "field " + name);
            final String typeName = element.getAttribute("type");
            final Element type = types.get(typeName);
            final Field field;
            if (type == null) {
                field = new Field(name, offset, SIZES.get(typeName), since(element), 0, 0);
            } else {
                require("enum".equals(type.getTagName()), "type of field " + name);
                require("uint8".equals(type.getAttribute("encodingType")), "enum of field " + name);
                final int[] values = children(type, "validValue").stream()
                        .mapToInt(value -> Integer.parseInt(value.getTextContent().trim()))
                        .sorted()
                        .toArray();
                final int most = values[values.length - 1];
                require(most - values[0] == values.length - 1, "enum with gaps: " + typeName);
                field = new Field(name, offset, 1, since(element), values[0], most);
            }
            fields.add(field);
            offset += field.length();
        }
        requireAppended(fields.stream().mapToInt(Field::sinceVersion).toArray(), parent);
        return fields;
    }

    private long maxLength(final Element data) {
        final List<Element> parts = children(types.get(data.getAttribute("type")), "type");
        require("uint32".equals(parts.get(0).getAttribute("primitiveType")), "data length");
        return Long.parseLong(parts.get(0).getAttribute("maxValue"));
    }

    private static int since(final Element element) {
        final String version = element.getAttribute("sinceVersion");
        return version.isEmpty() ? 1 : Integer.parseInt(version);
    }

    private static List<Element> children(final Element parent, final String tag) {
        final List<Element> found = new ArrayList<>();
        final NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            final Node node = nodes.item(i);
            if (node instanceof Element element && (tag == null || tag.equals(element.getTagName()))) {
                found.add(element);
            }
        }
        return found;
    }

    private static void requireAppended(final int[] sinceVersions, final Element parent) {
        for (int i = 1; i < sinceVersions.length; i++) {
            require(sinceVersions[i - 1] <= sinceVersions[i], "not appended in " + parent.getAttribute("name"));
        }
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException("against the rules of change, or more than MessageShape can say: " + what);
        }
    }
}
