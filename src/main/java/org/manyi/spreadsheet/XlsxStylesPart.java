package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** How the styles of a workbook show numbers, as far as it changes what they mean. */
final class XlsxStylesPart extends DefaultHandler {

    /** As many as a workbook may have; more say nothing. */
    private static final int MOST_STYLES = 65_000;

    private final Map<Integer, String> formats = new HashMap<>();
    private final List<NumberForm> styles = new ArrayList<>();
    private boolean inCellStyles;

    /** How the style of this number shows numbers; never null. */
    NumberForm shown(int style) {
        return style >= 0 && style < styles.size() ? styles.get(style) : NumberForm.PLAIN;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        switch (name) {
            case "numFmt" -> {
                String code = attributes.getValue("formatCode");
                if (code != null && formats.size() < MOST_STYLES) {
                    formats.put(number(attributes.getValue("numFmtId")), code);
                }
            }
            case "cellXfs" -> inCellStyles = true;
            case "xf" -> {
                if (inCellStyles && styles.size() < MOST_STYLES) {
                    int format = number(attributes.getValue("numFmtId"));
                    styles.add(NumberForm.of(format, formats.get(format)));
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

    private static int number(String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
