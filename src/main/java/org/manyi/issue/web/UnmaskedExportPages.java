package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.manyi.issue.UnmaskedExports;
import org.manyi.issue.UnmaskedExports.Request;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Asking for the ledger with reporters in clear, deciding on it, and taking it away. */
@Controller
class UnmaskedExportPages {

    private static final String LIST = "/issues/exports";
    private static final String NEW = "/issues/exports/new";

    private final UnmaskedExports exports;
    private final IssueLedgerSheet sheet;
    private final FilterWords words;
    private final CurrentUsers users;
    private final MessageSource messages;

    UnmaskedExportPages(
            UnmaskedExports exports,
            IssueLedgerSheet sheet,
            FilterWords words,
            CurrentUsers users,
            MessageSource messages) {
        this.exports = exports;
        this.sheet = sheet;
        this.words = words;
        this.users = users;
        this.messages = messages;
    }

    @GetMapping(LIST)
    String list(@RequestParam MultiValueMap<String, String> address, Model model) {
        CurrentUser user = users.require();
        IssueFilters filters = words.resolved(IssueFilters.of(address));
        model.addAttribute("requests", exports.list(user));
        model.addAttribute("mayAsk", exports.mayAsk(user));
        model.addAttribute("newHref", filters.href(NEW, "sort"));
        model.addAttribute("ledgerHref", filters.href("/issues"));
        return "issue/exports";
    }

    @GetMapping(NEW)
    String form(@RequestParam MultiValueMap<String, String> address, Model model) {
        return form(words.resolved(IssueFilters.of(address)), null, model);
    }

    private String form(IssueFilters filters, String purpose, Model model) {
        model.addAttribute("said", words.said(filters));
        model.addAttribute("filterValues", filters.values());
        model.addAttribute("matched", exports.count(filters.asQuery(null, 1), users.require()));
        model.addAttribute("hours", exports.hours());
        model.addAttribute("purpose", purpose);
        model.addAttribute("listHref", filters.href(LIST));
        return "issue/export-new";
    }

    @PostMapping(LIST)
    String ask(
            @RequestParam MultiValueMap<String, String> typed,
            @RequestParam(required = false) String purpose,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        IssueFilters filters = words.resolved(IssueFilters.of(typed));
        try {
            String number = exports.ask(filters.values(), filters.asQuery(null, 1), purpose, users.require());
            return done(redirect, "issue.exports.asked", number);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            response.setStatus(e.status());
            return form(filters, purpose, model);
        }
    }

    @GetMapping("/issues/exports/{number}")
    String show(@PathVariable String number, Model model) {
        return show(number, null, model);
    }

    private String show(String number, String reason, Model model) {
        Request request = exports.find(number, users.require());
        model.addAttribute("request", request);
        model.addAttribute("said", words.said(filters(request.filter())));
        model.addAttribute("reason", reason);
        model.addAttribute("hours", exports.hours());
        return "issue/export";
    }

    @PostMapping("/issues/exports/{number}/decision")
    String decide(
            @PathVariable String number,
            @RequestParam boolean approve,
            @RequestParam(required = false) String reason,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        try {
            exports.decide(number, approve, reason, users.require());
            return done(redirect, approve ? "issue.exports.approved" : "issue.exports.refused", number);
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            response.setStatus(e.status());
            return show(number, reason, model);
        }
    }

    @PostMapping("/issues/exports/{number}/withdrawal")
    String withdraw(@PathVariable String number, RedirectAttributes redirect) {
        exports.withdraw(number, users.require());
        return done(redirect, "issue.exports.withdrawn", number);
    }

    /** Not a plain link: each time counts, so no other site and no look ahead may set it off. */
    @PostMapping("/issues/exports/{number}/file")
    void download(@PathVariable String number, HttpServletResponse response) throws IOException {
        CurrentUser user = users.require();
        Request request = exports.find(number, user);
        String note = text(
                "issue.exports.note",
                request.number(),
                request.askedByName(),
                request.decidedByName(),
                minute(request.decidedAt()),
                request.purpose());
        sheet.sendClear(
                note,
                sink -> exports.read(number, filter -> filters(filter).asQuery(null, 1), user, sink),
                (rows, sha256) -> exports.taken(number, rows, sha256, user),
                response);
    }

    private static IssueFilters filters(Map<String, List<String>> kept) {
        return IssueFilters.of(new LinkedMultiValueMap<>(kept));
    }

    private String done(RedirectAttributes redirect, String words, String number) {
        redirect.addFlashAttribute("flash", text(words));
        return "redirect:/issues/exports/" + number;
    }

    private static String minute(Instant at) {
        return at == null ? "" : IssueLedgerSheet.minute(at);
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
