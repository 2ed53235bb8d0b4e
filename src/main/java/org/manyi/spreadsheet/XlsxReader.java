package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.apache.poi.openxml4j.exceptions.OpenXML4JException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.opc.PackageAccess;
import org.apache.poi.xssf.eventusermodel.XSSFReader;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads a workbook as a stream of events: a sheet of any size takes the memory of one row. Hidden sheets, where forms keep their
 * lists of choices, are passed over; hidden rows are read, for a filter left on must not lose anybody.
 */
final class XlsxReader {

    private final ReadLimits limits;

    XlsxReader(ReadLimits limits) {
        this.limits = limits;
    }

    /** Reads all visible sheets of a file that {@link XlsxGuard} passed. */
    void read(Path file, SheetVisitor visitor) throws IOException, OpenXML4JException, SAXException {
        try (OPCPackage archive = OPCPackage.open(file.toFile(), PackageAccess.READ)) {
            XSSFReader parts = new XSSFReader(archive);
            XlsxWorkbookPart workbook = parse(parts.getWorkbookData(), new XlsxWorkbookPart());
            List<String> texts = parse(parts.getSharedStringsData(), new XlsxTextsPart(limits))
                    .texts();
            XlsxStylesPart styles = parse(parts.getStylesData(), new XlsxStylesPart());
            for (XlsxWorkbookPart.Sheet sheet : workbook.visibleSheets()) {
                visitor.sheet(sheet.name());
                XlsxSheetPart part = parse(
                        parts.getSheet(sheet.relation()),
                        new XlsxSheetPart(texts, styles, workbook.startsIn1904(), limits, visitor));
                visitor.endSheet(part.merged());
            }
        }
    }

    /** Parses a part, which may be absent, without declarations of document types: these reach outside or multiply. */
    private static <H extends DefaultHandler> H parse(InputStream part, H handler) throws IOException, SAXException {
        if (part == null) {
            return handler;
        }
        try (part) {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(part), handler);
            return handler;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The platform's XML parser lacks its guards", e);
        }
    }
}
