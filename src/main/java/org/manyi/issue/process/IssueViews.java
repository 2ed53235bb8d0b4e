package org.manyi.issue.process;

import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.CaseView;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;

/** What task pages show of an issue. */
@Component
class IssueViews {

    private final IssueStore store;
    private final IssueDetails details;
    private final ProtectedReads reads;
    private final CaseAccess access;

    IssueViews(IssueStore store, IssueDetails details, ProtectedReads reads, CaseAccess access) {
        this.store = store;
        this.details = details;
        this.reads = reads;
        this.access = access;
    }

    CaseView summary(String number, CurrentUser user) {
        access.require(user, number);
        Issue issue = store.find(number);
        reads.note(issue, user);
        return new CaseView("issue/case :: matter", details.of(issue, user));
    }
}
