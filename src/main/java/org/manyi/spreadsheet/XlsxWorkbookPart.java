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

    private final ReadLimits limits;
    private final List<Sheet> sheets = new ArrayList<>();
    private boolean startsIn1904;

    XlsxWorkbookPart(ReadLimits limits) {
        this.limits = limits;
    }

    /** A sheet and the relation that leads to its part. */
    record Sheet(String name, String relation, boolean hidden) {}

    /** The sheets in order; of too many one more than allowed, for the limit to be noticed, and of hidden ones the first. */
    List<Sheet> sheets() {
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
            boolean hidden = state != null && !state.equals("visible");
            long alike =
                    sheets.stream().filter(sheet -> sheet.hidden() == hidden).count();
            if (alike < (hidden ? limits.sheets() : limits.sheets() + 1)) {
                RELATIONS.stream()
                        .map(relations -> attributes.getValue(relations, "id"))
                        .filter(relation -> relation != null)
                        .findFirst()
                        .ifPresent(relation ->
                                sheets.add(new Sheet(SheetNames.of(attributes.getValue("name")), relation, hidden)));
            }
        }
    }
}
