package org.manyi.backup;

import java.util.List;

/**
 * The last entry of an archive: without it the archive is not whole.
 *
 * @param tables what each table's entry held, never null
 * @param files how many files
 * @param bytes how many bytes in them
 * @param filesSha256 over identifier, size and SHA-256 of every file in their order, never null
 * @param damaged files whose bytes were lost or not those of their row when the backup was made, never null
 * @param mac an HMAC under the data key over all of the above and the manifest, never null
 */
record Summary(
        List<TableContent> tables, long files, long bytes, String filesSha256, List<String> damaged, String mac) {

    /** The rows of all tables. */
    long rows() {
        return tables.stream().mapToLong(TableContent::rows).sum();
    }

    /** What a table's entry held. */
    record TableContent(String name, long rows, String sha256) {}
}
