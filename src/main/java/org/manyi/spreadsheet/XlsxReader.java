package org.manyi.spreadsheet;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.SAXException;

/**
 * Reads a workbook as a stream of events: a sheet of any size takes the memory of one row. What is hidden is
 * passed on as such.
 */
final class XlsxReader {

    private final ReadLimits limits;

    XlsxReader(ReadLimits limits) {
        this.limits = limits;
    }

    /** Reads the sheets of a file that {@link XlsxGuard} passed. */
    void read(Path file, SheetVisitor visitor) throws IOException, OpenXML4JException, SAXException {
        try (OPCPackage archive = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
            XSSFReader parts = new XSSFReader(archive);
            XlsxWorkbookPart workbook = XlsxXml.parse(parts.getWorkbookData(), new XlsxWorkbookPart(limits));
            List<String> texts = XlsxXml.parse(parts.getSharedStringsData(), new XlsxTextsPart(limits))
                    .texts();
            XlsxStylesPart styles = XlsxXml.parse(parts.getStylesData(), new XlsxStylesPart());
            for (XlsxWorkbookPart.Sheet sheet : workbook.sheets()) {
                if (!visitor.sheet(new SheetVisitor.SheetInfo(sheet.name(), sheet.hidden(), workbook.startsIn1904()))) {
                    visitor.endSheet(List.of());
                    continue;
                }
                XlsxSheetPart part = XlsxXml.parse(
                        parts.getSheet(sheet.relation()),
                        new XlsxSheetPart(sheet.name(), texts, styles, workbook.startsIn1904(), limits, visitor));
                visitor.endSheet(part.merged());
            }
        }
    }
}
