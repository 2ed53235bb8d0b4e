package org.manyi.spreadsheet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters that XML cannot hold, as workbooks write them: {@code _x000D_}. */
final class XlsxEscapes {

    private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private XlsxEscapes() {}

    static String decode(String text) {
        return !text.contains("_x")
                ? text
                : ESCAPE.matcher(text)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }
}
