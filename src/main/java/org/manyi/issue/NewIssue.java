package org.manyi.issue;

import java.util.List;

/**
 * An issue as somebody reports it, not yet checked; {@link Issues#raise} names every field at fault at once.
 *
 * @param title 4 to 100 characters, without anybody's name
 * @param description null for none, at most 4000 characters
 * @param kind an {@link IssueKind}'s code
 * @param source an {@link IssueSource}'s code
 * @param category the code of an active {@link Category}
 * @param severity a {@link Severity}'s code
 * @param schoolCode an active school
 * @param reporter null when nobody is to be called
 * @param childSafety true sends it to the confidential handler at once, out of everybody else's sight
 * @param concerns a {@link Concerns}'s code, null for nobody
 * @param concernsUser the username of the person it is about, null when unknown or nobody
 * @param attachmentIds the raiser's drafts, null for none
 * @param confirmNotDuplicate true when the raiser has looked at similar issues of the school
 */
public record NewIssue(
        String title,
        String description,
        String kind,
        String source,
        String category,
        String severity,
        String schoolCode,
        Reporter reporter,
        boolean childSafety,
        String concerns,
        String concernsUser,
        List<String> attachmentIds,
        boolean confirmNotDuplicate) {

    /**
     * Who reported it; encrypted at rest, masked on screen.
     *
     * @param name at most 40 characters, null when not given
     * @param phone 5 to 20 characters of digits, {@code +}, {@code -}, spaces; never null when there is a reporter
     */
    public record Reporter(String name, String phone) {}
}
