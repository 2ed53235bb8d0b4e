package org.manyi.spreadsheet;

/**
 * How much of a file is read before it is refused, so that no file, however made, fills the memory.
 *
 * @param fileBytes the file as uploaded
 * @param rows rows with data
 * @param columns the last column that may hold anything, counted from 1
 * @param sheets visible sheets
 * @param entries files inside the workbook's archive
 * @param entryBytes one of them, unpacked
 * @param totalBytes all of them, unpacked
 * @param texts different texts in a workbook
 * @param textChars characters in all texts kept
 * @param cellChars characters in one cell
 */
record ReadLimits(
        long fileBytes,
        int rows,
        int columns,
        int sheets,
        int entries,
        long entryBytes,
        long totalBytes,
        int texts,
        int textChars,
        int cellChars) {

    private static final int MEGABYTE = 1024 * 1024;

    /** What people's workbooks need, with room to spare. */
    static final ReadLimits STANDARD = new ReadLimits(
            5L * MEGABYTE, 20_000, 100, 20, 200, 100L * MEGABYTE, 200L * MEGABYTE, 300_000, 12_000_000, 32_767);

    /** Rows above the data (titles, headers) and on sheets that are not read, which do not count as data. */
    static final int OTHER_ROWS = 200;
}
