package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.manyi.shared.ContentRefusedException;
import org.xml.sax.SAXException;

/**
 * Looks through a workbook's archive before a library opens it. Sizes are counted while unpacking, for what an archive says of
 * them is no more to be trusted than the rest; what a library reads into memory as a whole must be small.
 */
final class XlsxGuard {

    /** The same as the library's own guard, whose error says nothing to a person. */
    private static final double DENSEST = 0.01;

    private static final long DENSITY_COUNTS_FROM = 100_000;
    private static final long WHOLE_PART = 1024L * 1024;
    private static final String CONTENT_TYPES = "[Content_Types].xml";
    private static final String WORKBOOK = "xl/workbook.xml";

    private final ReadLimits limits;

    XlsxGuard(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Passes a workbook that may be opened.
     *
     * @throws ContentRefusedException when it is another kind of archive, holds macros or is too large unpacked
     * @throws IOException when it is damaged
     */
    void check(Path file) throws IOException, SAXException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > limits.entries()) {
                throw ContentRefusedException.tooLarge("spreadsheet.file.tooManyEntries");
            }
            List<? extends ZipEntry> entries = zip.stream().toList();
            Set<String> names = new HashSet<>();
            for (ZipEntry entry : entries) {
                if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                    throw new IOException("Two entries of one name");
                }
            }
            checkKind(names);
            ZipEntry types = zip.getEntry(CONTENT_TYPES);
            if (types == null) {
                throw new IOException("No content types");
            }
            unpack(zip, types);
            checkTypes(XlsxXml.parse(zip.getInputStream(types), new XlsxTypesPart()));
            long total = 0;
            for (ZipEntry entry : entries) {
                if (isRead(entry.getName())) {
                    total += unpack(zip, entry);
                    if (total > limits.totalBytes()) {
                        throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
                    }
                }
            }
        }
    }

    private static void checkKind(Set<String> names) {
        if (names.contains("xl/vbaproject.bin")) {
            throw ContentRefusedException.unsupported("spreadsheet.file.macros");
        }
        if (!names.contains(CONTENT_TYPES.toLowerCase(Locale.ROOT)) || !names.contains(WORKBOOK)) {
            throw ContentRefusedException.unsupported("spreadsheet.file.notASpreadsheet");
        }
    }

    private static void checkTypes(XlsxTypesPart types) throws IOException {
        if (types.hasMacros()) {
            throw ContentRefusedException.unsupported("spreadsheet.file.macros");
        }
        if (types.hasMisplacedProperties()) {
            throw new IOException("Properties in a part of another name");
        }
    }

    private static boolean isRead(String name) {
        return name.endsWith(".xml") || name.endsWith(".rels");
    }

    /** How large the entry is unpacked, after all checks. */
    private long unpack(ZipFile zip, ZipEntry entry) throws IOException {
        boolean loaded = entry.getName().endsWith(".rels")
                || entry.getName().equals(CONTENT_TYPES)
                || entry.getName().startsWith("docProps/");
        long limit = loaded ? WHOLE_PART : limits.entryBytes();
        long size = 0;
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = zip.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
                }
                if (size > DENSITY_COUNTS_FROM && entry.getCompressedSize() < size * DENSEST) {
                    throw ContentRefusedException.tooLarge("spreadsheet.file.tooDense");
                }
            }
        }
        return size;
    }
}
