package org.manyi.spreadsheet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a workbook or table file row by row, within the limits and never trusting what the file says of itself. */
final class WorkbookReader {

    private static final Logger log = LoggerFactory.getLogger(WorkbookReader.class);

    private final ReadLimits limits;

    WorkbookReader(ReadLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads the sheets that the visitor wants.
     *
     * @param bytes the file, whose form was found before
     * @throws ContentRefusedException when it is too large in some way, or holds macros
     * @throws ValidationException when it is damaged
     */
    void read(FileForm form, byte[] bytes, SheetVisitor visitor) {
        SheetVisitor guarded = new LimitedVisitor(visitor, limits);
        try {
            if (form == FileForm.CSV) {
                new CsvReader().read(CsvText.of(bytes), guarded);
            } else {
                Path file = Files.createTempFile("manyi-import", ".tmp");
                try {
                    Files.write(file, bytes);
                    if (form == FileForm.XLS) {
                        new XlsReader(limits).read(file, guarded);
                    } else {
                        new XlsxGuard(limits).check(file);
                        new XlsxReader(limits).read(file, guarded);
                    }
                } finally {
                    Files.deleteIfExists(file);
                }
            }
        } catch (ProblemException e) {
            throw e;
        } catch (Exception e) {
            throw damaged(e);
        }
    }

    /** Whatever else goes wrong lies in the file: libraries meet hostile ones with exceptions of every kind. */
    private static ProblemException damaged(Exception e) {
        log.info("An uploaded file cannot be read: {}", e.getClass().getName());
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    && String.valueOf(cause.getMessage()).startsWith("Zip bomb")) {
                return ContentRefusedException.tooLarge("spreadsheet.file.tooDense");
            }
        }
        return ValidationException.of("file", "damaged", "spreadsheet.file.damaged");
    }
}
