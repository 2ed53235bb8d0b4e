package org.manyi.shared;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Where a page ended: the sort values of its last row, opaque to the client.
 *
 * @param parts the values as text, never null; a part may be empty, never null
 */
public record Cursor(List<String> parts) {

    private static final char SEPARATOR = '\u001f';

    /** A cursor of these values; {@code null} becomes empty. */
    public static Cursor of(Object... parts) {
        List<String> texts = new ArrayList<>();
        for (Object part : parts) {
            texts.add(part == null ? "" : part.toString());
        }
        return new Cursor(List.copyOf(texts));
    }

    /** The text for a URL; never null. */
    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join(String.valueOf(SEPARATOR), parts).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a client's cursor.
     *
     * @param text null or blank for the first page
     * @param size the number of parts that the list writes
     * @return null for the first page
     * @throws ValidationException when it is not one of this list's
     */
    public static Cursor decode(String text, int size) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            List<String> parts = List.of(plain.split(String.valueOf(SEPARATOR), -1));
            if (parts.size() == size) {
                return new Cursor(parts);
            }
        } catch (IllegalArgumentException e) {
            // Falls through: a broken cursor and a foreign one are the same to the client.
        }
        throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
    }
}
