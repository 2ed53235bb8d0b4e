package org.manyi.org.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.org.Substitutes;
import org.manyi.org.Substitution;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Where a person says who stands in for him, and a head for his people. */
@Controller
class SubstitutePages {

    private static final String PATH = "/account/substitutes";

    private final Substitutes substitutes;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final Said said;

    SubstitutePages(Substitutes substitutes, CurrentUsers users, MovableClock clock, Said said) {
        this.substitutes = substitutes;
        this.users = users;
        this.clock = clock;
        this.said = said;
    }

    /** A choice of a select, in the form of the shared fragment. */
    record Option(String value, String label) {}

    /** What was typed, to be shown again beside its faults. */
    record Typed(String substitute, Set<String> posts, LocalDate from, LocalDate lastDay) {}

    /**
     * A substitution as the page lists it.
     *
     * @param standing whether the person stands in himself
     * @param mayEnd whether he may end it
     */
    record Row(Substitution substitution, boolean standing, boolean begun, boolean mayEnd) {}

    @GetMapping(PATH)
    String show(@RequestParam(name = "for", required = false) String absent, Model model) {
        return show(absent, new Typed(null, null, clock.today(), null), model);
    }

    @PostMapping(PATH)
    String arrange(
            @RequestParam(name = "for", required = false) String absent,
            @RequestParam(required = false) String substitute,
            @RequestParam(required = false) List<String> posts,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate lastDay,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        Set<String> chosen = posts == null ? Set.of() : new HashSet<>(posts);
        String whom = whom(absent, user);
        try {
            if (chosen.isEmpty()) {
                throw ValidationException.of("posts", "required", "org.problem.substitute.posts");
            }
            substitutes.arrange(whom, substitute, chosen, from, lastDay, user);
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            return show(absent, new Typed(substitute, chosen, from, lastDay), model);
        }
        said.after(redirect, "org.substitutes.said.arranged");
        if (!whom.equals(user.username())) {
            redirect.addAttribute("for", whom);
        }
        return "redirect:" + PATH;
    }

    @PostMapping(PATH + "/{id}/end")
    String end(@PathVariable long id, RedirectAttributes redirect) {
        substitutes.end(id, users.require());
        said.after(redirect, "org.substitutes.said.ended");
        return "redirect:" + PATH;
    }

    private static String whom(String absent, CurrentUser user) {
        return absent == null || absent.isBlank() ? user.username() : absent.strip();
    }

    private String show(String absent, Typed typed, Model model) {
        CurrentUser user = users.require();
        String whom = whom(absent, user);
        List<Substitutes.Person> absentees = substitutes.absentees(user);
        Map<String, String> posts = substitutes.posts(whom, user);
        LocalDate today = clock.today();
        model.addAttribute(
                "rows",
                substitutes.of(user).stream()
                        .map(one -> new Row(
                                one,
                                one.substitute().equals(user.username()),
                                !one.from().isAfter(today),
                                absentees.stream()
                                        .anyMatch(person -> person.username().equals(one.absent()))))
                        .toList());
        model.addAttribute(
                "absentees",
                absentees.size() == 1
                        ? List.of()
                        : absentees.stream().map(SubstitutePages::option).toList());
        model.addAttribute("whom", whom);
        model.addAttribute("posts", posts);
        model.addAttribute("chosen", typed.posts() == null ? posts.keySet() : typed.posts());
        model.addAttribute(
                "people",
                substitutes.choices(whom, user).stream()
                        .map(SubstitutePages::option)
                        .toList());
        model.addAttribute("typed", typed);
        model.addAttribute("today", today);
        return "org/substitutes";
    }

    private static Option option(Substitutes.Person person) {
        return new Option(person.username(), person.name());
    }
}
