package org.manyi.org;

import java.util.Collection;
import java.util.Set;

/** Whether something was built on units and people since they were made; answered by the rooms that hold cases. */
public interface OrganisationUse {

    /** Those of these units, by code, that a case concerns or was offered to; never null. */
    Set<String> unitsInUse(Collection<String> unitCodes);

    /** Those of these people, by username, who have or had a task or are named in a case; never null. */
    Set<String> peopleInUse(Collection<String> usernames);
}
