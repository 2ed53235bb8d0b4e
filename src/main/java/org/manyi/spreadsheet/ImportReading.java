package org.manyi.spreadsheet;

import java.util.Map;
import java.util.concurrent.Semaphore;
import org.manyi.shared.ProblemException;
import org.springframework.stereotype.Component;

/** Reads uploaded files, few at a time, so that many uploads at once do not fill the memory. */
@Component
class ImportReading {

    private static final int AT_ONCE = 2;

    private final ReadLimits limits = ReadLimits.STANDARD;
    private final WorkbookReader reader = new WorkbookReader(limits);
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    ReadLimits limits() {
        return limits;
    }

    /**
     * A first look at the file.
     *
     * @param choices what the person chose before, as {@link Mapping#choices}
     * @throws ProblemException when it cannot be read, saying why
     */
    Survey survey(String fileName, byte[] content, ImportKind kind, Map<String, String> choices) {
        Survey survey = new Survey(new HeaderFinder(kind.columns(), choices));
        read(fileName, content, survey);
        return survey;
    }

    /**
     * The rows of the file.
     *
     * @throws ProblemException when it cannot be read, saying why
     */
    RowReader rows(String fileName, byte[] content, ImportKind kind, Mapping mapping) {
        RowReader rows = new RowReader(mapping, kind.columns(), limits);
        read(fileName, content, rows);
        return rows;
    }

    private void read(String fileName, byte[] content, SheetVisitor visitor) {
        turns.acquireUninterruptibly();
        try {
            reader.read(FileForm.of(fileName, content), content, visitor);
        } finally {
            turns.release();
        }
    }
}
