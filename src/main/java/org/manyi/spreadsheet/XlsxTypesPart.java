package org.manyi.spreadsheet;

import java.util.Locale;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** What a workbook says its parts are, as far as it must not say so. */
final class XlsxTypesPart extends DefaultHandler {

    private boolean macros;
    private boolean misplacedProperties;

    /** Whether a part holds macros, whatever its name. */
    boolean hasMacros() {
        return macros;
    }

    /** Whether a part outside of the small ones is called the properties, which a library reads into memory as a whole. */
    boolean hasMisplacedProperties() {
        return misplacedProperties;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        String type = attributes.getValue("ContentType");
        if (type == null) {
            return;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        macros |= lower.contains("macroenabled") || lower.contains("vbaproject");
        if (lower.contains("core-properties")) {
            String part = attributes.getValue("PartName");
            misplacedProperties |= part == null || !part.startsWith("/docProps/");
        }
    }
}
