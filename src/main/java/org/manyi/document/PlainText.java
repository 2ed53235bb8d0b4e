package org.manyi.document;

import java.util.List;
import java.util.regex.Pattern;

/** What of a text may stand in a paper. */
final class PlainText {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\R");

    /** Controls, halves of surrogate pairs, what is no character of XML, and marks that turn the direction of the text around them. */
    private static final Pattern NO_TEXT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFE\\uFFFF]");

    private PlainText() {}

    /** The text in one line. */
    static String line(String text) {
        return clean(LINE_BREAKS.matcher(text).replaceAll(" "));
    }

    /** The lines of the text. */
    static List<String> lines(String text) {
        return LINE_BREAKS.splitAsStream(text).map(PlainText::clean).toList();
    }

    private static String clean(String text) {
        return NO_TEXT.matcher(text.replace('\t', ' ')).replaceAll("");
    }
}
