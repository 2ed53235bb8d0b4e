package org.manyi.inbox.web;

import java.util.Comparator;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.NavigationEntry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The start page: the first place in the navigation, which is the inbox for whoever has to do with cases. */
@Controller
class HomePage {

    private static final String ACCOUNT = "/account";

    private final ObjectProvider<NavigationEntry> entries;
    private final CurrentUsers users;

    HomePage(ObjectProvider<NavigationEntry> entries, CurrentUsers users) {
        this.entries = entries;
        this.users = users;
    }

    @GetMapping("/")
    String home() {
        CurrentUser user = users.require();
        String first = entries.stream()
                .filter(entry -> entry.roles().stream().anyMatch(user::is))
                .min(Comparator.comparingInt(NavigationEntry::order))
                .map(NavigationEntry::href)
                .orElse(ACCOUNT);
        return "redirect:" + first;
    }
}
