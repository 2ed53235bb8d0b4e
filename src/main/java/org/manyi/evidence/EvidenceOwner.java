package org.manyi.evidence;

import org.manyi.security.CurrentUser;

/** Who may see and add the files of one kind of owner; implemented by the owner's room. */
public interface EvidenceOwner {

    /** The kind of owner: {@code task}, {@code case}; never null. */
    String ownerType();

    /** Whether the person may see the owner's files. */
    boolean mayRead(CurrentUser user, String ownerId);

    /** Whether the person may add files to the owner now. */
    boolean mayAttach(CurrentUser user, String ownerId);
}
