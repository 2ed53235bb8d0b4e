package org.manyi.spreadsheet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.manyi.shared.ProblemException;

/**
 * Reads the hostile files in a process of its own with a small heap, so that what they cost cannot be argued with. Prints one line a
 * sort of file.
 */
final class HostileReading {

    private static final Object[][] ROWS = {
        {"学校", "编码", "姓名", "手机"}, {"第一小学", "A01", "张三", 13800000001L}, {"第二小学", "A02", "李四", 0.5}, {"合计", 2}
    };

    private final WorkbookReader reader = new WorkbookReader(ReadLimits.STANDARD);
    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private final Map<String, Long> slowest = new LinkedHashMap<>();

    private HostileReading() {}

    /** The number of files to mutate, as the only argument. */
    public static void main(String[] arguments) {
        HostileReading reading = new HostileReading();
        HostileCorpus.make(ROWS, Integer.parseInt(arguments[0]), reading::read);
        reading.print();
    }

    /** Whatever comes out must be rows or a refusal with a text; an error of another kind ends the process. */
    private void read(String sort, String name, byte[] file) {
        long begun = System.nanoTime();
        boolean refused = file.length > ReadLimits.STANDARD.fileBytes();
        if (!refused) {
            try {
                reader.read(FileForm.of(name, file), file, new Nothing());
            } catch (ProblemException e) {
                refused = true;
                if (e.messageKey() == null || e.status() < 413 || e.status() > 422) {
                    throw new IllegalStateException(sort + " answers " + e.status(), e);
                }
            }
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        int[] count = counts.computeIfAbsent(sort, none -> new int[2]);
        count[refused ? 0 : 1]++;
        slowest.merge(sort, millis, Math::max);
    }

    private void print() {
        System.out.printf("%-24s %8s %6s %10s%n", "sort", "refused", "read", "slowest");
        int files = 0;
        long most = 0;
        for (Map.Entry<String, int[]> sort : counts.entrySet()) {
            long millis = slowest.get(sort.getKey());
            System.out.printf("%-24s %8d %6d %7d ms%n", sort.getKey(), sort.getValue()[0], sort.getValue()[1], millis);
            files += sort.getValue()[0] + sort.getValue()[1];
            most = Math.max(most, millis);
        }
        System.out.printf(
                "files=%d slowest=%d heap=%d MB%n",
                files, most, Runtime.getRuntime().maxMemory() / (1024 * 1024));
    }

    /** Wants every sheet and keeps nothing. */
    private static final class Nothing implements SheetVisitor {

        @Override
        public boolean sheet(SheetInfo info) {
            return true;
        }

        @Override
        public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
            if (cells.isEmpty()) {
                throw new IllegalStateException("A blank row " + number);
            }
        }

        @Override
        public void endSheet(List<CellRange> merged) {
            if (merged == null) {
                throw new IllegalStateException("No merged cells at all");
            }
        }
    }
}
