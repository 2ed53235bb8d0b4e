package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Which sheets a workbook has, and when its days begin. */
final class XlsxWorkbookPart extends DefaultHandler {

    private static final List<String> RELATIONS = List.of(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships");

    /** As long as a sheet's name may be. */
    private static final int LONGEST_NAME = 31;

    private final ReadLimits limits;
    private final List<Sheet> sheets = new ArrayList<>();
    private boolean startsIn1904;

    XlsxWorkbookPart(ReadLimits limits) {
        this.limits = limits;
    }

    /** A visible sheet and the relation that leads to its part. */
    record Sheet(String name, String relation) {}

    /** The visible sheets in order; of too many one more than allowed, for the limit to be noticed. */
    List<Sheet> visibleSheets() {
        return sheets;
    }

    /** Whether day 0 is 1904-01-01, as in workbooks from old Macintoshes. */
    boolean startsIn1904() {
        return startsIn1904;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        if (name.equals("workbookPr")) {
            String value = attributes.getValue("date1904");
            startsIn1904 = "1".equals(value) || "true".equals(value);
        } else if (name.equals("sheet")) {
            String state = attributes.getValue("state");
            if ((state == null || state.equals("visible")) && sheets.size() <= limits.sheets()) {
                RELATIONS.stream()
                        .map(relations -> attributes.getValue(relations, "id"))
                        .filter(relation -> relation != null)
                        .findFirst()
                        .ifPresent(relation -> sheets.add(new Sheet(name(attributes.getValue("name")), relation)));
            }
        }
    }

    private static String name(String written) {
        String name = CellText.clean(String.valueOf(written));
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
