package org.manyi.inbox.web;

import org.manyi.inbox.NamedViews;
import org.manyi.inbox.NamedViews.NamedView;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** Views of the inbox under a name: opened by who made them or was sent their address, kept and dropped. */
@Controller
class NamedViewPages {

    private static final String REDIRECT = "redirect:";

    private final NamedViews views;
    private final CurrentUsers users;
    private final MessageSource messages;

    NamedViewPages(NamedViews views, CurrentUsers users, MessageSource messages) {
        this.views = views;
        this.users = users;
        this.messages = messages;
    }

    /** Shows the inbox through the view; the address names the view, so that the page can say whose it is. */
    @GetMapping("/inbox/views/{id}")
    String open(@PathVariable String id) {
        return REDIRECT + href(views.find(id));
    }

    /**
     * Keeps the filters of the inbox.
     *
     * @param back the query of an inbox address
     */
    @PostMapping("/inbox/views")
    String keep(
            @RequestParam(required = false) String name,
            @RequestParam(required = false) String back,
            RedirectAttributes redirect) {
        InboxAddress shown = InboxAddress.ofBack(back).withCursor(null);
        try {
            NamedView view = views.keep(name, shown.back(), users.require());
            redirect.addFlashAttribute("flash", text("inbox.views.said.kept", view.name()));
            return REDIRECT + href(view);
        } catch (ValidationException e) {
            redirect.addFlashAttribute(
                    "flash",
                    text(
                            e.fields().get(0).messageKey(),
                            e.fields().get(0).args().toArray()));
            return REDIRECT + shown.href();
        }
    }

    @PostMapping("/inbox/views/{id}/drop")
    String drop(@PathVariable String id, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        NamedView view = views.find(id);
        views.drop(id, user);
        redirect.addFlashAttribute("flash", text("inbox.views.said.dropped", view.name()));
        return REDIRECT + InboxAddress.ofBack(view.filters()).href();
    }

    /** The inbox through a view, with the view's id. */
    static String href(NamedView view) {
        return UriComponentsBuilder.fromUriString(
                        InboxAddress.ofBack(view.filters()).href())
                .queryParam("named", view.id())
                .build()
                .toUriString();
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
