package org.manyi.spreadsheet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.manyi.shared.ContentRefusedException;

/** The text of a .csv file, whose encoding nobody writes down: a mark at its start, else UTF-8, else GB18030. */
final class CsvText {

    private static final char MARK = '\uFEFF';

    private CsvText() {}

    /**
     * The whole text.
     *
     * @throws ContentRefusedException when it is in none of the encodings
     */
    static String of(byte[] bytes) {
        String text = decode(bytes, true);
        if (text == null || isBinary(text)) {
            throw ContentRefusedException.unsupported("spreadsheet.file.encoding");
        }
        return text;
    }

    /** The beginning of the text, cut at a character; "" when the bytes are no text. */
    static String head(byte[] bytes, int length) {
        String text = decode(bytes.length <= length ? bytes : Arrays.copyOf(bytes, length), bytes.length <= length);
        return text == null || isBinary(text) ? "" : text;
    }

    private static String decode(byte[] bytes, boolean whole) {
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            return withoutMark(decode(bytes, whole, StandardCharsets.UTF_16LE));
        }
        if (bytes.length >= 2 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            return withoutMark(decode(bytes, whole, StandardCharsets.UTF_16BE));
        }
        String text = decode(bytes, whole, StandardCharsets.UTF_8);
        return withoutMark(text != null ? text : decode(bytes, whole, Charset.forName("GB18030")));
    }

    /** The text in this encoding, null when it is another. The end may be half a character where it is not the whole. */
    private static String decode(byte[] bytes, boolean whole, Charset charset) {
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        try {
            var result = decoder.decode(ByteBuffer.wrap(bytes), chars, whole);
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException e) {
            return null;
        }
        return chars.flip().toString();
    }

    private static String withoutMark(String text) {
        return text != null && !text.isEmpty() && text.charAt(0) == MARK ? text.substring(1) : text;
    }

    /** Whether there are characters that no text has. */
    private static boolean isBinary(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f');
    }
}
