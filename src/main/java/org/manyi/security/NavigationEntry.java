package org.manyi.security;

import java.util.Optional;
import java.util.Set;
import org.manyi.shared.Count;

/** A place in the main navigation; each room contributes its own as a bean, and a person sees those of his roles. */
public interface NavigationEntry {

    /** Unique among the entries, such as {@code inbox}; never null. */
    String key();

    /** Where it leads, such as {@code /tasks}; every page below it shows the entry as active; never null. */
    String href();

    /** The key of its text, such as {@code inbox.nav}; never null. */
    String messageKey();

    /** The icon's name in the icon sprite; never null. */
    String icon();

    /** Who sees it; never null. */
    Set<Role> roles();

    /** Its place: the lower, the further to the front. */
    int order();

    /**
     * How many things wait for the person there, shown beside the text; asked once a page, so it must be cheap.
     *
     * @return empty where nothing is counted
     */
    default Optional<Count> count(CurrentUser user) {
        return Optional.empty();
    }

    /** An entry without a count. */
    static NavigationEntry of(String key, String href, String messageKey, String icon, int order, Set<Role> roles) {
        return new PlainNavigationEntry(key, href, messageKey, icon, order, Set.copyOf(roles));
    }
}
