package org.manyi.inbox.web;

import java.util.Optional;
import java.util.Set;
import org.manyi.inbox.Inbox;
import org.manyi.security.CurrentUser;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.springframework.stereotype.Component;

/** The inbox in the navigation, with how many tasks are the person's own. */
@Component
class InboxNavigation implements NavigationEntry {

    private final Inbox inbox;

    InboxNavigation(Inbox inbox) {
        this.inbox = inbox;
    }

    @Override
    public String key() {
        return "inbox";
    }

    @Override
    public String href() {
        return InboxAddress.PATH;
    }

    @Override
    public String messageKey() {
        return "inbox.title";
    }

    @Override
    public String icon() {
        return "inbox";
    }

    @Override
    public Set<Role> roles() {
        return Role.CASE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Optional<Count> count(CurrentUser user) {
        return Optional.of(inbox.countMine(user)).filter(count -> count.value() > 0);
    }
}
