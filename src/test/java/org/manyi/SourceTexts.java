package org.manyi;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the texts that stand in source: the literals of Java and TypeScript, the bare words of templates. */
class SourceTexts {

    private static final Pattern UNICODE_ESCAPE = Pattern.compile("\\\\u+([0-9a-fA-F]{4})");
    private static final Pattern TAG =
            Pattern.compile("<(?=[A-Za-z/!])[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w:.-]+)\\s*=\\s*(\"[^\"]*\"|'[^']*')");
    private static final Pattern SPOKEN =
            Pattern.compile("(th:)?(title|placeholder|aria-label|aria-description|alt|label)");
    private static final Pattern EXPRESSION = Pattern.compile("[$#@~*]\\{[^{}]*(\\{[^{}]*}[^{}]*)*}");
    private static final Pattern INLINED =
            Pattern.compile("\\[\\[.*?]]|\\[\\(.*?\\)]|\\[#.*?]|\\[/.*?]", Pattern.DOTALL);
    private static final Pattern LETTER = Pattern.compile("\\p{L}");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private SourceTexts() {}

    /** What stands before a literal that only shows in the description of the API what a request or an answer looks like. */
    private static final Pattern EXAMPLE =
            Pattern.compile("(EXAMPLE\\w*|example|@ExampleObject\\([^\"]*(\"\\w*\"[^\"]*)?value)\\s*=\\s*$");

    /** The string literals of Java or TypeScript source but for examples, comments left out, Unicode escapes read. */
    static List<String> literals(String source) {
        List<String> literals = new ArrayList<>();
        int i = 0;
        while (i < source.length()) {
            if (source.startsWith("//", i)) {
                i = end(source, "\n", i);
            } else if (source.startsWith("/*", i)) {
                i = end(source, "*/", i + 2) + 2;
            } else if (source.startsWith("\"\"\"", i)) {
                int end = end(source, "\"\"\"", i + 3);
                keep(source, i, source.substring(i + 3, end), literals);
                i = end + 3;
            } else if ("\"'`".indexOf(source.charAt(i)) >= 0) {
                int end = closing(source, i);
                keep(source, i, source.substring(i + 1, end), literals);
                i = end + 1;
            } else {
                i++;
            }
        }
        return literals;
    }

    private static void keep(String source, int start, String literal, List<String> literals) {
        if (!EXAMPLE.matcher(source.substring(Math.max(0, start - 120), start)).find()) {
            literals.add(unescape(literal));
        }
    }

    private static int closing(String source, int opening) {
        int i = opening + 1;
        while (i < source.length() && source.charAt(i) != source.charAt(opening)) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, source.length());
    }

    private static int end(String source, String mark, int from) {
        int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found;
    }

    private static String unescape(String literal) {
        return UNICODE_ESCAPE
                .matcher(literal)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    static boolean isChinese(String text) {
        return HAN.matcher(text).find();
    }

    /** The words of a page that do not come from messages, in the text or in what is read out. */
    static List<String> bareWords(String template) {
        String page = template.replaceAll("(?s)<!--.*?-->", "");
        List<String> found = new ArrayList<>();
        Matcher tag = TAG.matcher(page);
        int last = 0;
        while (tag.find()) {
            addWords(page.substring(last, tag.start()), found);
            addSpokenAttributes(tag.group(), found);
            last = tag.end();
        }
        addWords(page.substring(last), found);
        return found;
    }

    private static void addWords(String text, List<String> found) {
        String bare =
                INLINED.matcher(text).replaceAll("").replaceAll("&#?\\w+;", "").strip();
        if (LETTER.matcher(bare).find()) {
            found.add(bare);
        }
    }

    private static void addSpokenAttributes(String tag, List<String> found) {
        boolean button = tag.matches("(?s)<input[^>]*type=\"(submit|button|reset)\".*");
        Matcher attribute = ATTRIBUTE.matcher(tag);
        while (attribute.find()) {
            String name = attribute.group(1);
            String value = attribute.group(2).substring(1, attribute.group(2).length() - 1);
            boolean written = !name.startsWith("th:");
            boolean spoken = SPOKEN.matcher(name).matches() || name.equals("th:text") || button && name.equals("value");
            if (HAN.matcher(value).find()
                    || spoken && written && LETTER.matcher(value).find()
                    || spoken && !written && writesWords(value)) {
                found.add(name + "=" + value);
            }
        }
    }

    /** Whether an expression holds words of its own: {@code 'Save'} or {@code |Hello ${name}|} beside what is looked up. */
    private static boolean writesWords(String expression) {
        String rest = EXPRESSION.matcher(expression).replaceAll("");
        return Pattern.compile("'[^']*\\p{L}[^']*'|\\|[^|]*\\p{L}[^|]*\\|")
                .matcher(rest)
                .find();
    }
}
