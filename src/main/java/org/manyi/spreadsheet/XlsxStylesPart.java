package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** How the styles of a workbook show numbers, as far as it changes what they mean. */
final class XlsxStylesPart extends DefaultHandler {

    /** As long as a format may be. */
    private static final int LONGEST_FORMAT = 255;

    /** As many as a workbook may have; more say nothing. */
    private static final int MOST_STYLES = 65_000;

    private static final Shown PLAIN = new Shown(false, 0);

    private final Map<Integer, String> formats = new HashMap<>();
    private final List<Shown> styles = new ArrayList<>();
    private boolean inCellStyles;

    /**
     * How a style shows a number.
     *
     * @param date whether as a day or time
     * @param zeros to how many digits it is filled with zeros, 0 when it is not
     */
    record Shown(boolean date, int zeros) {}

    /** How the style of this number shows numbers; never null. */
    Shown shown(int style) {
        return style >= 0 && style < styles.size() ? styles.get(style) : PLAIN;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        switch (name) {
            case "numFmt" -> {
                String code = attributes.getValue("formatCode");
                if (code != null && code.length() <= LONGEST_FORMAT && formats.size() < MOST_STYLES) {
                    formats.put(number(attributes.getValue("numFmtId")), code);
                }
            }
            case "cellXfs" -> inCellStyles = true;
            case "xf" -> {
                if (inCellStyles && styles.size() < MOST_STYLES) {
                    styles.add(shownBy(number(attributes.getValue("numFmtId"))));
                }
            }
            default -> {}
        }
    }

    @Override
    public void endElement(String uri, String name, String qualifiedName) {
        if (name.equals("cellXfs")) {
            inCellStyles = false;
        }
    }

    private Shown shownBy(int formatId) {
        String code = formats.getOrDefault(formatId, BuiltinFormats.getBuiltinFormat(formatId));
        if (code == null) {
            return PLAIN;
        }
        if (code.length() > 1 && code.chars().allMatch(c -> c == '0')) {
            return new Shown(false, code.length());
        }
        return DateUtil.isADateFormat(formatId, code) ? new Shown(true, 0) : PLAIN;
    }

    private static int number(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
