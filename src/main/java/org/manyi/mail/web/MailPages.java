package org.manyi.mail.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.mail.MailItem;
import org.manyi.mail.MailLog;
import org.manyi.mail.MailState;
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
import org.springframework.web.util.UriComponentsBuilder;

/** What became of the mails, for the system administrator. */
@Controller
class MailPages {

    private static final int PAGE = 50;

    private final MailLog log;
    private final CurrentUsers users;
    private final MessageSource messages;

    MailPages(MailLog log, CurrentUsers users, MessageSource messages) {
        this.log = log;
        this.users = users;
        this.messages = messages;
    }

    /** A tab over the list. */
    record Tab(String href, String messageKey, Count count, boolean active) {}

    /** What the list is filtered by; blank where it is not. */
    record Filters(String state, String q, String cursor) {

        static Filters of(String state, String q, String cursor) {
            return new Filters(clean(state), clean(q), clean(cursor));
        }

        MailState mailState() {
            for (MailState known : MailState.values()) {
                if (known.code().equals(state)) {
                    return known;
                }
            }
            return null;
        }

        String href(String cursor) {
            UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/mails");
            Map.of("state", state, "q", q, "cursor", cursor == null ? "" : cursor).entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> uri.queryParam(entry.getKey(), entry.getValue()));
            return uri.encode().toUriString();
        }

        private static String clean(String text) {
            return text == null ? "" : text.strip();
        }
    }

    @GetMapping("/mails")
    String list(
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String cursor,
            Model model) {
        Filters filters = Filters.of(state, q, cursor);
        Slice<MailItem> mails =
                log.list(filters.mailState(), filters.q().isEmpty() ? null : filters.q(), filters.cursor(), PAGE);
        model.addAttribute("mails", mails);
        model.addAttribute("filters", filters);
        model.addAttribute("tabs", tabs(filters));
        model.addAttribute("hasServer", log.hasServer());
        model.addAttribute("firstHref", filters.cursor().isEmpty() ? null : filters.href(null));
        model.addAttribute("nextHref", mails.nextCursor() == null ? null : filters.href(mails.nextCursor()));
        return "mail/list";
    }

    @PostMapping("/mails/{id}/resend")
    String resend(
            @PathVariable long id,
            @RequestParam(required = false) String state,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String cursor,
            Locale locale,
            RedirectAttributes redirect) {
        log.resend(id, users.require());
        redirect.addFlashAttribute("flash", messages.getMessage("mail.resend.done", null, locale));
        Filters filters = Filters.of(state, q, cursor);
        return "redirect:" + filters.href(filters.cursor());
    }

    private List<Tab> tabs(Filters filters) {
        Map<MailState, Count> counts = log.counts();
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab(
                Filters.of(null, filters.q(), null).href(null), "mail.state.all", null, filters.mailState() == null));
        for (MailState state : MailState.values()) {
            tabs.add(new Tab(
                    Filters.of(state.code(), filters.q(), null).href(null),
                    "mail.state." + state.code(),
                    counts.get(state),
                    state == filters.mailState()));
        }
        return tabs;
    }
}
