package org.manyi.org;

import java.util.Set;
import org.manyi.security.CurrentUser;

/**
 * Which units a person may see. {@code org_unit_scope(unit_code, scope_key)} holds, for every unit, the keys of those who see
 * it: {@code unit:S0001} (itself), {@code district:D1}, {@code leader:1}, {@code remit:schools}, so that a list is filtered by a
 * join with a handful of keys, however many schools there are.
 */
public interface Visibility {

    /**
     * What a person sees.
     *
     * @param all true for the chair
     * @param scopeKeys the scope keys of the posts held, never null
     */
    record Scope(boolean all, Set<String> scopeKeys) {}

    /** The person's scope; empty for the three administrators. */
    Scope scopeOf(CurrentUser user);

    /** Whether the person's scope covers the unit. */
    boolean covers(CurrentUser user, String unitCode);
}
