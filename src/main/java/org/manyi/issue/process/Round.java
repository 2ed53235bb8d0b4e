package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.calendar.Due;
import org.manyi.issue.IssueDetail.Point;
import org.manyi.issue.RoundCause;

/**
 * A round of rectification and its verification.
 *
 * @param due by when the unit has to report, never null
 * @param overdueAt when its last day had passed without a report, null when it did not
 * @param report null while the unit is at work
 * @param team null before submission, and where the supervision office verifies
 * @param verification null before
 */
record Round(
        int number,
        RoundCause cause,
        boolean supervised,
        String unit,
        Instant openedAt,
        Due due,
        Instant overdueAt,
        Report report,
        String team,
        Verification verification) {

    /** What the unit reports; the lists hold attachment ids. */
    record Report(
            String measures,
            String result,
            LocalDate completedOn,
            List<String> beforeFiles,
            List<String> afterFiles,
            String by,
            Instant at) {}

    /** What the team found; {@code returnCode} is null when it passed. */
    record Verification(String by, Instant at, boolean passed, String mode, List<Point> points, String returnCode) {}

    static Round opened(int number, RoundCause cause, boolean supervised, String unit, Instant at, Due due) {
        return new Round(number, cause, supervised, unit, at, due, null, null, null, null);
    }

    Round withDue(Due moved) {
        return new Round(number, cause, supervised, unit, openedAt, moved, overdueAt, report, team, verification);
    }

    Round overdue(Instant at) {
        return new Round(number, cause, supervised, unit, openedAt, due, at, report, team, verification);
    }

    Round reported(Report made) {
        return new Round(number, cause, supervised, unit, openedAt, due, overdueAt, made, team, verification);
    }

    Round givenTo(String chosen) {
        return new Round(number, cause, supervised, unit, openedAt, due, overdueAt, report, chosen, verification);
    }

    Round verified(Verification made) {
        return new Round(number, cause, supervised, unit, openedAt, due, overdueAt, report, team, made);
    }
}
