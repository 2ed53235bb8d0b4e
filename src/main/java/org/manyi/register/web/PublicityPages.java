package org.manyi.register.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.register.ClassGroups;
import org.manyi.register.Means;
import org.manyi.register.Publicity;
import org.manyi.register.web.Typed.Choice;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
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

/** How the survey line was made known, in pages: the schools in numbers, a school's entries, and the texts that are given out. */
@Controller
class PublicityPages {

    private static final int ROWS = 50;

    private final Publicity publicity;
    private final ClassGroups groups;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final RegisterTexts texts;
    private final Typed typed;

    PublicityPages(
            Publicity publicity,
            ClassGroups groups,
            CurrentUsers users,
            MovableClock clock,
            RegisterTexts texts,
            Typed typed) {
        this.publicity = publicity;
        this.groups = groups;
        this.users = users;
        this.clock = clock;
        this.texts = texts;
        this.typed = typed;
    }

    /** The form of an entry as it came back; what is missing is null. */
    record PublicityForm(String day, String reached, String template) {}

    @GetMapping("/registers/publicity")
    String list(
            @RequestParam(required = false) Integer year, @RequestParam(required = false) String cursor, Model model) {
        CurrentUser user = users.require();
        String own = groups.own(user);
        if (own != null) {
            return "redirect:/registers/publicity/" + own;
        }
        int shown = shown(year);
        String from = cursor;
        Slice<Publicity.School> found;
        try {
            found = publicity.schools(shown, from, ROWS, user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            found = publicity.schools(shown, null, ROWS, user);
        }
        String href = "/registers/publicity?year=" + shown;
        model.addAttribute("year", shown);
        model.addAttribute("thisYear", clock.today().getYear());
        model.addAttribute("found", found);
        model.addAttribute("templates", publicity.templates());
        model.addAttribute("firstHref", from == null ? null : href);
        model.addAttribute("nextHref", found.nextCursor() == null ? null : href + "&cursor=" + found.nextCursor());
        return "register/publicity";
    }

    private int shown(Integer year) {
        return year == null ? clock.today().getYear() : year;
    }

    @GetMapping("/registers/publicity/{school}")
    String school(@PathVariable String school, @RequestParam(required = false) Integer year, Model model) {
        show(school, shown(year), new PublicityForm(clock.today().toString(), null, null), users.require(), model);
        return "register/publicity-school";
    }

    private void show(String school, int year, PublicityForm form, CurrentUser user, Model model) {
        List<Publicity.Template> templates = publicity.templates();
        Map<String, String> titles = templates.stream().collect(Collectors.toMap(Publicity.Template::id, this::title));
        model.addAttribute("register", publicity.of(school, year, user));
        model.addAttribute("form", form);
        model.addAttribute("templates", templates);
        model.addAttribute("titles", titles);
        model.addAttribute(
                "choices",
                templates.stream()
                        .map(template -> new Choice(template.id(), titles.get(template.id())))
                        .toList());
        model.addAttribute("today", clock.today());
    }

    private String title(Publicity.Template template) {
        return typed.text(
                "register.template.choice",
                typed.text("register.means." + template.means()),
                texts.chinese() ? template.titleZh() : template.titleEn());
    }

    @PostMapping("/registers/publicity/{school}/families")
    String saveFamilies(
            @PathVariable String school,
            @RequestParam int year,
            @RequestParam int version,
            @RequestParam(required = false) String families,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            publicity.saveFamilies(school, year, Typed.number(families), version, user);
        } catch (ValidationException | ConflictException e) {
            Refusals.show(e, "families", model, response);
            model.addAttribute("typedFamilies", families);
            show(school, year, new PublicityForm(clock.today().toString(), null, null), user, model);
            return "register/publicity-school";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.saved"));
        redirect.addAttribute("year", year);
        return "redirect:/registers/publicity/{school}";
    }

    @PostMapping("/registers/publicity/{school}")
    String enter(
            @PathVariable String school,
            @ModelAttribute PublicityForm form,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        // A template belongs to one means, so that choosing it says both.
        String means = publicity.templates().stream()
                .filter(template -> template.id().equals(form.template()))
                .map(Publicity.Template::means)
                .map(Means::code)
                .findFirst()
                .orElse(null);
        Publicity.Facts facts =
                new Publicity.Facts(means, Typed.day(form.day()), Typed.number(form.reached()), form.template());
        try {
            publicity.enter(school, facts, user);
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute(
                    "errors", e.fields().stream().map(PublicityPages::asShown).toList());
            show(school, clock.today().getYear(), form, user, model);
            return "register/publicity-school";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.saved"));
        redirect.addAttribute("year", facts.day().getYear());
        return "redirect:/registers/publicity/{school}";
    }

    /** The means are chosen with the template, and so is what is wrong with them. */
    private static FieldProblem asShown(FieldProblem problem) {
        return problem.field().equals("means")
                ? new FieldProblem("template", problem.code(), problem.messageKey(), problem.args())
                : problem;
    }

    @PostMapping("/registers/publicity/{school}/remove")
    String remove(@PathVariable String school, @RequestParam String number, RedirectAttributes redirect) {
        redirect.addAttribute("year", publicity.remove(school, number, users.require()));
        redirect.addFlashAttribute("flash", typed.text("register.said.removed"));
        return "redirect:/registers/publicity/{school}";
    }
}
