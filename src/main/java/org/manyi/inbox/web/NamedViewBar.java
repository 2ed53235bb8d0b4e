package org.manyi.inbox.web;

import org.manyi.inbox.NamedViews;
import org.manyi.inbox.NamedViews.NamedView;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.NotFoundException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The person's views over the list of tasks, and whose view is shown. */
@Component
class NamedViewBar {

    private final NamedViews views;
    private final Accounts accounts;
    private final String baseUrl;

    NamedViewBar(NamedViews views, Accounts accounts, @Value("${manyi.base-url}") String baseUrl) {
        this.views = views;
        this.accounts = accounts;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    /**
     * A view of one's own.
     *
     * @param href the inbox through it
     * @param active whether it is the one shown
     */
    public record View(String name, String href, boolean active) {}

    /**
     * Fills in the bar.
     *
     * @param id the view that the address names, null for none; one that was dropped meanwhile is none
     */
    void show(String id, CurrentUser user, Model model) {
        NamedView shown = id == null ? null : find(id);
        model.addAttribute(
                "views",
                views.of(user).stream()
                        .map(view -> new View(
                                view.name(),
                                NamedViewPages.href(view),
                                shown != null && view.id().equals(shown.id())))
                        .toList());
        model.addAttribute("named", shown);
        if (shown != null) {
            model.addAttribute("namedLink", baseUrl + "/inbox/views/" + shown.id());
            model.addAttribute(
                    "namedBy",
                    shown.owner().equals(user.username())
                            ? null
                            : accounts.find(shown.owner())
                                    .map(Accounts.Account::name)
                                    .orElse(shown.owner()));
        }
    }

    private NamedView find(String id) {
        try {
            return views.find(id);
        } catch (NotFoundException e) {
            return null;
        }
    }
}
