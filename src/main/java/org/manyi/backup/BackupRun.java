package org.manyi.backup;

import java.time.Instant;

/**
 * A backup that was asked for.
 *
 * @param id grows with time
 * @param requestedBy a username, null for the daily one and the command
 * @param requestedAt system time, never null
 * @param state never null
 * @param endedAt system time, null before
 * @param fileName in the directory of the node that made it, null before
 * @param rows of all tables
 * @param files how many
 * @param archiveBytes the size of the archive
 * @param damaged how many files were lost or changed already
 * @param failure the tail of a message's key, null when it went well
 */
public record BackupRun(
        long id,
        String requestedBy,
        Instant requestedAt,
        State state,
        Instant endedAt,
        String fileName,
        long rows,
        long files,
        long archiveBytes,
        int damaged,
        String failure) {

    /** How far it has come. */
    public enum State {
        /** No node has taken it up yet. */
        WAITING,
        /** A node writes it. */
        WORKING,
        /** There is a file. */
        MADE,
        /** It could not be made. */
        FAILED,
        /** Its node went down over it. */
        INTERRUPTED
    }
}
