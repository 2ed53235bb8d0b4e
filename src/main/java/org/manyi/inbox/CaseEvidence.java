package org.manyi.inbox;

import org.manyi.evidence.EvidenceOwner;
import org.manyi.security.CurrentUser;
import org.springframework.stereotype.Component;

/** Files of a case: seen by who sees the case. They come from its tasks and from its raising, never straight. */
@Component
class CaseEvidence implements EvidenceOwner {

    static final String TYPE = "case";

    private final CaseAccessBook access;

    CaseEvidence(CaseAccessBook access) {
        this.access = access;
    }

    @Override
    public String ownerType() {
        return TYPE;
    }

    @Override
    public boolean mayRead(CurrentUser user, String ownerId) {
        return access.visible(user, ownerId);
    }

    @Override
    public boolean mayAttach(CurrentUser user, String ownerId) {
        return false;
    }
}
