package org.manyi.calendar.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.manyi.calendar.CalendarChange;
import org.manyi.calendar.CalendarChange.State;
import org.manyi.calendar.CalendarChanges;
import org.manyi.calendar.CalendarChanges.Preview;
import org.manyi.calendar.CalendarChanges.Source;
import org.manyi.calendar.CalendarNotice;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Notices and single days entered by the system administrator: looked at, put into force, carried to the open due dates. */
@Controller
class HolidayPages {

    private static final String LIST = "/calendar/changes";

    private final CalendarChanges changes;
    private final CalendarNotice notice;
    private final CurrentUsers users;
    private final Accounts accounts;
    private final MessageSource messages;

    HolidayPages(
            CalendarChanges changes,
            CalendarNotice notice,
            CurrentUsers users,
            Accounts accounts,
            MessageSource messages) {
        this.changes = changes;
        this.notice = notice;
        this.users = users;
        this.accounts = accounts;
        this.messages = messages;
    }

    @GetMapping(LIST)
    String list(Model model) {
        show(model);
        return "calendar/changes";
    }

    private void show(Model model) {
        List<CalendarChange> latest = changes.latest();
        model.addAttribute("changes", latest);
        model.addAttribute("names", names(latest));
        notice.year().ifPresent(year -> model.addAttribute("missing", String.valueOf(year)));
    }

    private Map<String, String> names(List<CalendarChange> shown) {
        return accounts.names(shown.stream()
                .flatMap(change -> Stream.of(change.enteredBy(), change.appliedBy()))
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    @PostMapping("/calendar/notices")
    String notice(
            @RequestParam MultipartFile file,
            @RequestParam(required = false) String title,
            @RequestParam(required = false) String number,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate issued,
            Model model,
            HttpServletResponse response) {
        try {
            return "redirect:" + LIST + "/"
                    + changes.enterNotice(file.getBytes(), new Source(title, number, issued), users.require())
                            .id();
        } catch (ValidationException e) {
            // Not "title", which is the page's own.
            model.addAttribute("typedTitle", title);
            model.addAttribute("number", number);
            model.addAttribute("issued", issued);
            return again(e, model, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PostMapping("/calendar/days")
    String day(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate day,
            @RequestParam boolean off,
            @RequestParam(required = false) String reason,
            Model model,
            HttpServletResponse response) {
        try {
            return "redirect:" + LIST + "/"
                    + changes.enterDay(day, off, reason, users.require()).id();
        } catch (ValidationException e) {
            model.addAttribute("day", day);
            model.addAttribute("off", String.valueOf(off));
            model.addAttribute("reason", reason);
            return again(e, model, response);
        }
    }

    private String again(ValidationException e, Model model, HttpServletResponse response) {
        model.addAttribute("errors", e.fields());
        show(model);
        response.setStatus(e.status());
        return "calendar/changes";
    }

    @GetMapping("/calendar/changes/{id}")
    String change(@PathVariable long id, @RequestParam(required = false) String cursor, Model model) {
        CalendarChange change = changes.find(id);
        model.addAttribute("change", change);
        model.addAttribute("names", names(List.of(change)));
        if (change.state() == State.DRAFT) {
            Preview preview = changes.preview(id, cursor);
            model.addAttribute("preview", preview);
            String next = preview.page().nextCursor();
            model.addAttribute("firstHref", cursor == null ? null : LIST + "/" + id);
            model.addAttribute("nextHref", next == null ? null : LIST + "/" + id + "?cursor=" + next);
        }
        return "calendar/change";
    }

    @GetMapping("/calendar/changes/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        model.addAttribute("change", changes.find(id));
        return "calendar/change :: progress";
    }

    @PostMapping("/calendar/changes/{id}/apply")
    String apply(@PathVariable long id, Locale locale, RedirectAttributes redirect) {
        changes.apply(id, users.require());
        return said("calendar.change.applied", LIST + "/" + id, locale, redirect);
    }

    @PostMapping("/calendar/changes/{id}/retry")
    String retry(@PathVariable long id, Locale locale, RedirectAttributes redirect) {
        changes.retry(id, users.require());
        return said("calendar.change.retried", LIST + "/" + id, locale, redirect);
    }

    @PostMapping("/calendar/changes/{id}/discard")
    String discard(@PathVariable long id, Locale locale, RedirectAttributes redirect) {
        changes.discard(id, users.require());
        return said("calendar.change.discarded", LIST, locale, redirect);
    }

    private String said(String key, String to, Locale locale, RedirectAttributes redirect) {
        redirect.addFlashAttribute("flash", messages.getMessage(key, null, locale));
        return "redirect:" + to;
    }
}
