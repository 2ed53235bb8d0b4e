package org.manyi.backup;

import java.util.List;

/**
 * The first entry of an archive.
 *
 * @param format 1
 * @param createdAt the system's time of the snapshot, ISO with offset, never null
 * @param database the product it was taken from, never null
 * @param schema the migrations that the database had seen, never null
 * @param keyFingerprint tells whether a data key fits, never null
 * @param tables never null
 */
record Manifest(
        int format,
        String createdAt,
        String database,
        List<String> schema,
        String keyFingerprint,
        List<TableShape> tables) {

    static final int FORMAT = 1;

    /** A table and its columns, by their names in lower case. */
    record TableShape(String name, List<ColumnShape> columns) {}

    /** A column. */
    record ColumnShape(String name, ColumnType type) {}
}
