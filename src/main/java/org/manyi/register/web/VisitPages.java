package org.manyi.register.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.register.ContactVisits;
import org.manyi.register.VisitKind;
import org.manyi.register.web.Typed.Choice;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The contact leaders' log in pages: the list, an entry with what it said before, and the report. */
@Controller
class VisitPages {

    private static final int ROWS = 30;

    private final ContactVisits visits;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final Typed typed;

    VisitPages(ContactVisits visits, CurrentUsers users, MovableClock clock, Typed typed) {
        this.visits = visits;
        this.users = users;
        this.clock = clock;
        this.typed = typed;
    }

    /** The form of an entry as it came back; what is missing is null. */
    record VisitForm(String school, String day, String kind, String found, String agreed, String issue) {

        ContactVisits.Facts facts() {
            return new ContactVisits.Facts(
                    Typed.blankToNull(school), Typed.day(day), kind, found, agreed, Typed.blankToNull(issue));
        }
    }

    @GetMapping("/registers/visits")
    String list(@RequestParam(required = false) String cursor, Model model) {
        CurrentUser user = users.require();
        String from = cursor;
        Slice<ContactVisits.Entry> found;
        try {
            found = visits.list(from, ROWS, user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            found = visits.list(null, ROWS, user);
        }
        model.addAttribute("found", found);
        model.addAttribute("mayEnter", !visits.schools(user).isEmpty());
        model.addAttribute("firstHref", from == null ? null : "/registers/visits");
        model.addAttribute(
                "nextHref", found.nextCursor() == null ? null : "/registers/visits?cursor=" + found.nextCursor());
        return "register/visits";
    }

    @GetMapping("/registers/visits/new")
    String form(@RequestParam(required = false) String school, Model model) {
        CurrentUser user = users.require();
        if (!visits.open(user)) {
            throw new NotFoundException();
        }
        showForm(new VisitForm(school, clock.today().toString(), null, null, null, null), visits.schools(user), model);
        return "register/visit-new";
    }

    private void showForm(VisitForm form, Map<String, String> schools, Model model) {
        if (schools.isEmpty()) {
            throw new ForbiddenException("register.problem.leader");
        }
        model.addAttribute("form", form);
        model.addAttribute(
                "schools",
                schools.entrySet().stream()
                        .map(school -> new Choice(school.getKey(), school.getValue()))
                        .toList());
        model.addAttribute("kinds", typed.choices("register.visitKind.", VisitKind.class));
        model.addAttribute("today", clock.today());
    }

    @PostMapping("/registers/visits")
    String enter(
            @ModelAttribute VisitForm form, Model model, RedirectAttributes redirect, HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            redirect.addAttribute("number", visits.enter(form.facts(), user));
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            showForm(form, visits.schools(user), model);
            return "register/visit-new";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.visit"));
        return "redirect:/registers/visits/{number}";
    }

    @GetMapping("/registers/visits/{number}")
    String visit(@PathVariable String number, Model model) {
        CurrentUser user = users.require();
        List<ContactVisits.Entry> versions = visits.versions(number, user);
        ContactVisits.Entry entry = versions.get(0);
        showVisit(
                versions,
                new VisitForm(
                        entry.school(),
                        entry.day().toString(),
                        entry.kind().code(),
                        entry.found(),
                        entry.agreed(),
                        entry.issue()),
                entry.version(),
                user,
                model);
        return "register/visit";
    }

    private void showVisit(
            List<ContactVisits.Entry> versions, VisitForm form, int version, CurrentUser user, Model model) {
        ContactVisits.Entry entry = versions.get(0);
        model.addAttribute("entry", entry);
        model.addAttribute("earlier", versions.subList(1, versions.size()));
        model.addAttribute("version", version);
        if (entry.mayCorrect()) {
            Map<String, String> schools = new LinkedHashMap<>(visits.schools(user));
            schools.putIfAbsent(entry.school(), entry.schoolName());
            showForm(form, schools, model);
        }
    }

    @PostMapping("/registers/visits/{number}")
    String correct(
            @PathVariable String number,
            @RequestParam int version,
            @ModelAttribute VisitForm form,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            visits.correct(number, version, form.facts(), user);
        } catch (ValidationException | ConflictException e) {
            Refusals.show(e, "found", model, response);
            showVisit(visits.versions(number, user), form, version, user, model);
            return "register/visit";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.corrected"));
        return "redirect:/registers/visits/{number}";
    }

    @GetMapping("/registers/visits/report")
    String report(
            @RequestParam(required = false) String from,
            @RequestParam(required = false) String to,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            model.addAttribute("report", visits.report(Typed.day(from), Typed.day(to), user));
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            model.addAttribute("report", visits.report(null, null, user));
        }
        return "register/report";
    }
}
