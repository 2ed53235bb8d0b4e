package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Parses the parts of a workbook as events. */
final class XlsxXml {

    private XlsxXml() {}

    /**
     * Parses a part, which may be absent, without declarations of document types: these reach outside or multiply.
     *
     * @param part null when the workbook has none; closed afterwards
     * @return the handler
     */
    static <H extends DefaultHandler> H parse(InputStream part, H handler) throws IOException, SAXException {
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
