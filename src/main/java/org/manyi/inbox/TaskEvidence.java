package org.manyi.inbox;

import org.manyi.evidence.EvidenceOwner;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Files of a task that is being worked on: added by who may complete it, seen by who sees the case. */
@Component
class TaskEvidence implements EvidenceOwner {

    static final String TYPE = "task";

    private final TaskBook book;
    private final TaskRights rights;
    private final CaseAccessBook access;

    TaskEvidence(TaskBook book, TaskRights rights, CaseAccessBook access) {
        this.book = book;
        this.rights = rights;
        this.access = access;
    }

    @Override
    public String ownerType() {
        return TYPE;
    }

    @Override
    public boolean mayRead(CurrentUser user, String ownerId) {
        return book.find(ownerId)
                .map(task -> access.visible(user, task.caseNumber()))
                .orElse(false);
    }

    @Override
    public boolean mayAttach(CurrentUser user, String ownerId) {
        return book.find(ownerId)
                .map(task -> access.visible(user, task.caseNumber())
                        && rights.mayComplete(task, book.candidates(ownerId), user))
                .orElse(false);
    }
}
