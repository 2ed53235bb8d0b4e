package org.manyi.issue;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;

/** The ledger as a whole, to be taken away; {@link Issues} shows it page by page. */
public interface Ledger {

    /** More issues are not written into one workbook. */
    int MOST_ROWS = 200_000;

    /**
     * An issue as the ledger's workbook shows it; what is unknown or not the person's to see is null.
     *
     * @param number never null
     * @param source a code, never null
     * @param receivedAt never null
     * @param reporter masked, with the phone; null where there is none or the person may not know
     * @param school its name, never null
     * @param category a code, never null
     * @param title never null
     * @param basis what the demand rests on
     * @param rectification a code
     * @param goal what shall be reached
     * @param measures of the latest report
     * @param leader the name of the leader in charge
     * @param leadUnit its name
     * @param rectifiedBy who reported the rectification
     * @param coUnits their names, never null
     * @param dueDate the last day of the current round
     * @param status a code, never null
     * @param round 0 before the first
     * @param result of the latest report
     * @param before how many files show the state before
     * @param after how many files show the state after
     * @param verifiedBy who verified last
     * @param passed what the last verification found
     * @param verification the last verifier's reason in words
     * @param closedAt when work on it ended
     * @param approvedBy who approved its closure
     * @param satisfaction the reporter's last answer, a code
     * @param callOutcome the outcome of the last call, a code
     * @param recurred whether it came back after it was closed
     * @param urgency a code, never null
     */
    record Row(
            String number,
            String source,
            Instant receivedAt,
            String reporter,
            String school,
            String category,
            String title,
            String description,
            String basis,
            String rectification,
            String goal,
            String measures,
            String leader,
            String leadUnit,
            String rectifiedBy,
            List<String> coUnits,
            LocalDate dueDate,
            String status,
            int round,
            String result,
            int before,
            int after,
            String verifiedBy,
            Instant verifiedAt,
            Boolean passed,
            String verification,
            Instant closedAt,
            String approvedBy,
            String satisfaction,
            String callOutcome,
            boolean recurred,
            boolean supervised,
            String urgency) {}

    /** Takes the rows, the one received first first. */
    interface Sink {

        /**
         * Before the first row.
         *
         * @param rows how many there will be
         * @param asOf the moment whose state they show
         */
        void begin(long rows, Instant asOf) throws IOException;

        /** The next row. */
        void row(Row row) throws IOException;
    }

    /**
     * Reads all issues that are asked for and visible to the person as they stood at one moment, whatever changes meanwhile.
     * Matters of a child's safety are never among them. Size, cursor and order of the query say nothing here.
     *
     * @throws IOException when the sink cannot take them
     * @throws org.manyi.shared.ValidationException with field {@code size} when there are more than {@link #MOST_ROWS}
     */
    void read(IssueQuery query, CurrentUser user, Sink sink) throws IOException;

    /**
     * Keeps in the trail that somebody took a workbook away.
     *
     * @param filter what was asked for, without typed texts; never null
     */
    void taken(String filter, long rows, String sha256, CurrentUser user);

    /** Whether the person may bring in a ledger that was kept elsewhere. */
    boolean mayImport(CurrentUser user);
}
