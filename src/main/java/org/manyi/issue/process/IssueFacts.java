package org.manyi.issue.process;

import java.time.Instant;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.Severity;

/**
 * What was reported; it never changes.
 *
 * @param districtCode the school's district when it was raised, null when it had none
 * @param reporterName encrypted, null when not given
 * @param reporterPhone encrypted, null when there is no reporter
 * @param hiddenUnit the unit that must neither see nor handle it, null when none
 */
record IssueFacts(
        String number,
        String title,
        String description,
        IssueKind kind,
        IssueSource source,
        String category,
        Severity severity,
        String schoolCode,
        String districtCode,
        String reporterName,
        String reporterPhone,
        boolean childSafety,
        Concerns concerns,
        String concernsUser,
        String hiddenUnit,
        String raisedBy,
        Instant raisedAt) {

    boolean reporterKnown() {
        return reporterPhone != null;
    }
}
