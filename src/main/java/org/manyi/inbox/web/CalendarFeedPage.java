package org.manyi.inbox.web;

import java.util.function.Function;
import org.manyi.inbox.CalendarFeeds;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The own deadlines in one's own calendar: turned on, given another address, turned off. Its forms have no field {@code once}: the answer
 * to such a form is kept for a while, and the address is not.
 */
@Controller
@RequestMapping(CalendarFeedPage.PATH)
class CalendarFeedPage {

    static final String PATH = "/inbox/calendar";

    private static final String VIEW = "inbox/calendar";

    private final CalendarFeeds feeds;
    private final CurrentUsers users;
    private final MessageSource messages;

    CalendarFeedPage(CalendarFeeds feeds, CurrentUsers users, MessageSource messages) {
        this.feeds = feeds;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping
    String show(Model model) {
        model.addAttribute("feed", feeds.find(users.require()).orElse(null));
        return VIEW;
    }

    @PostMapping
    String make(Model model, RedirectAttributes redirect) {
        return change(feeds::make, model, redirect);
    }

    @PostMapping("/renew")
    String renew(Model model, RedirectAttributes redirect) {
        return change(feeds::renew, model, redirect);
    }

    @PostMapping("/off")
    String turnOff(RedirectAttributes redirect) {
        feeds.turnOff(users.require());
        redirect.addFlashAttribute("flash", text("inbox.calendar.said.off"));
        return "redirect:" + PATH;
    }

    private String change(Function<CurrentUser, String> change, Model model, RedirectAttributes redirect) {
        try {
            model.addAttribute("address", change.apply(users.require()));
        } catch (ConflictException e) {
            // Done in another window, or sent twice: the page shows how things stand.
            redirect.addFlashAttribute("flash", text(e.messageKey()));
            return "redirect:" + PATH;
        }
        return show(model);
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
