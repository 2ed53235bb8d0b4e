package org.manyi.notification.web;

import java.util.List;
import java.util.Locale;
import org.manyi.notification.Ladders;
import org.manyi.notification.Notices;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.Slice;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a person was told: unread and all, with the way each took. */
@Controller
class NoticePages {

    private static final int PAGE = 30;

    private final Notices notices;
    private final Ladders ladders;
    private final NoticeTexts texts;
    private final CurrentUsers users;
    private final MessageSource messages;

    NoticePages(Notices notices, Ladders ladders, NoticeTexts texts, CurrentUsers users, MessageSource messages) {
        this.notices = notices;
        this.ladders = ladders;
        this.texts = texts;
        this.users = users;
        this.messages = messages;
    }

    /** A tab over the list. */
    record Tab(String href, String messageKey, Count count, boolean active) {}

    @GetMapping("/notices")
    String list(
            @RequestParam(defaultValue = "unread") String view,
            @RequestParam(required = false) String cursor,
            Locale locale,
            Model model) {
        CurrentUser user = users.require();
        boolean unreadOnly = !view.equals("all");
        Slice<Notices.Kept> found = notices.list(unreadOnly, cursor, PAGE, user);
        String address = "/notices?view=" + (unreadOnly ? "unread" : "all");
        model.addAttribute("found", found);
        model.addAttribute("lines", texts.of(found.items(), locale));
        model.addAttribute("unreadOnly", unreadOnly);
        model.addAttribute(
                "tabs",
                List.of(
                        new Tab("/notices?view=unread", "notification.tab.unread", notices.unread(user), unreadOnly),
                        new Tab("/notices?view=all", "notification.tab.all", null, !unreadOnly)));
        model.addAttribute("firstHref", cursor == null ? null : address);
        model.addAttribute("nextHref", found.nextCursor() == null ? null : address + "&cursor=" + found.nextCursor());
        model.addAttribute("mayLadders", ladders.open(user));
        return "notification/notices";
    }

    /** Marks a notice as read and goes where it leads. */
    @PostMapping("/notices/{id}/read")
    String read(@PathVariable long id) {
        return "redirect:" + notices.read(id, users.require());
    }

    @PostMapping("/notices/read")
    String readAll(Locale locale, RedirectAttributes redirect) {
        int read = notices.readAll(users.require());
        redirect.addFlashAttribute("flash", messages.getMessage("notification.said.read", new Object[] {read}, locale));
        return "redirect:/notices";
    }
}
