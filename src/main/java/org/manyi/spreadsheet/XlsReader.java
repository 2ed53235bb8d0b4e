package org.manyi.spreadsheet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.hssf.eventusermodel.HSSFEventFactory;
import org.apache.poi.hssf.eventusermodel.HSSFRequest;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.manyi.shared.ContentRefusedException;

/** Reads a workbook of the years 1997 to 2003 as a stream of records: a sheet of any size takes the memory of one row. */
final class XlsReader {

    private static final String MODERN = "Workbook";
    private static final String OF_1995 = "Book";

    private final ReadLimits limits;

    XlsReader(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the sheets that the visitor wants.
     *
     * @throws ContentRefusedException when it is another kind of file, too old, encrypted, holds macros or is too large
     * @throws IOException when it is damaged
     */
    void read(Path file, SheetVisitor visitor) throws IOException {
        byte[] workbook = workbook(file);
        List<XlsGuard.Sheet> sheets = new XlsGuard(limits).check(workbook);
        HSSFRequest request = new HSSFRequest();
        request.addListenerForAllRecords(new XlsRecords(sheets, limits, visitor));
        new HSSFEventFactory().processEvents(request, new ByteArrayInputStream(workbook));
    }

    /** The workbook inside the compound file. Opened as a file: as a stream the library believes what it says of its size. */
    private byte[] workbook(Path file) throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem(file.toFile(), true)) {
            DirectoryNode root = files.getRoot();
            if (root.hasEntryCaseInsensitive("_VBA_PROJECT_CUR") || root.hasEntryCaseInsensitive("Macros")) {
                throw ContentRefusedException.unsupported("spreadsheet.file.macros");
            }
            if (!root.hasEntryCaseInsensitive(MODERN)) {
                throw ContentRefusedException.unsupported(
                        root.hasEntryCaseInsensitive(OF_1995)
                                ? "spreadsheet.file.tooOld"
                                : "spreadsheet.file.notASpreadsheet");
            }
            try (InputStream in = root.createDocumentInputStream(root.getEntryCaseInsensitive(MODERN))) {
                byte[] bytes = in.readNBytes((int) limits.fileBytes() + 1);
                if (bytes.length > limits.fileBytes()) {
                    throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
                }
                return bytes;
            }
        }
    }
}
