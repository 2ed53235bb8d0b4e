package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.List;
import org.manyi.shared.ContentRefusedException;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** The texts that cells share, in the order of their numbers, as far as the limits allow. */
final class XlsxTextsPart extends DefaultHandler {

    private final ReadLimits limits;
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean inText;
    private int phonetic;
    private long chars;

    XlsxTextsPart(ReadLimits limits) {
        this.limits = limits;
    }

    List<String> texts() {
        return texts;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        switch (name) {
            case "si" -> text.setLength(0);
            case "rPh" -> phonetic++;
            case "t" -> inText = phonetic == 0;
            default -> inText = false;
        }
    }

    @Override
    public void characters(char[] from, int start, int length) {
        if (inText) {
            chars += length;
            if (chars > limits.textChars()) {
                throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
            }
            text.append(from, start, length);
        }
    }

    @Override
    public void endElement(String uri, String name, String qualifiedName) {
        switch (name) {
            case "si" -> {
                if (texts.size() >= limits.texts()) {
                    throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
                }
                texts.add(XlsxEscapes.decode(text.toString()));
            }
            case "rPh" -> phonetic--;
            default -> inText = false;
        }
    }
}
