package io.lockstep.tools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as strictly as RFC 8259 writes it: objects as maps, arrays as lists, whole numbers as {@code Long}, other
 * numbers as {@code Double}, and {@code null} as null. A name that comes twice is refused too.
 */
public final class Json {
    private final String text;
    private int at;

    private Json(final String text) {
        this.text = text;
    }

    /**
     * Reads a text that is one object.
     *
     * @throws IllegalArgumentException that says where it is none
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(final String text) {
        final Json json = new Json(text);
        json.space();
        final Object value = json.value();
        json.space();
        if (json.at != text.length() || !(value instanceof Map)) {
            throw json.fault("no end, or no object");
        }
        return (Map<String, Object>) value;
    }

    /** The objects in an array of objects. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> objects(final Object array) {
        return (List<Map<String, Object>>) array;
    }

    private Object value() {
        return switch (peek()) {
            case '{' -> members();
            case '[' -> elements();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> members() {
        final Map<String, Object> members = new LinkedHashMap<>();
        expect('{');
        space();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(',');
                space();
            }
            final String name = string();
            space();
            expect(':');
            space();
            if (members.containsKey(name)) {
                throw fault("a second " + name);
            }
            members.put(name, value());
            space();
        }
        at++;
        return members;
    }

    private List<Object> elements() {
        final List<Object> elements = new ArrayList<>();
        expect('[');
        space();
        while (peek() != ']') {
            if (!elements.isEmpty()) {
                expect(',');
                space();
            }
            elements.add(value());
            space();
        }
        at++;
        return elements;
    }

    private String string() {
        expect('"');
        final StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            final char next = text.charAt(at++);
            if (next < ' ') {
                throw fault("a control character");
            }
            string.append(next == '\\' ? escaped() : next);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        final char kind = peek();
        at++;
        if (kind == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        final int index = "\"\\/bfnrt".indexOf(kind);
        if (index < 0) {
            throw fault("no escape");
        }
        return "\"\\/\b\f\n\r\t".charAt(index);
    }

    private Object number() {
        final int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        final String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw fault("no value");
        }
        if (digits.matches("-?[0-9]+")) {
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private Object word(final String word, final Object value) {
        if (!text.startsWith(word, at)) {
            throw fault("no value");
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(final char wanted) {
        if (peek() != wanted) {
            throw fault("no " + wanted);
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw fault("the end");
        }
        return text.charAt(at);
    }

    private IllegalArgumentException fault(final String what) {
        return new IllegalArgumentException(what + " at " + at + " of: " + text);
    }
}
