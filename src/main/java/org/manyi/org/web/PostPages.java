package org.manyi.org.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import org.manyi.org.Organisation;
import org.manyi.org.OrganisationAdministration;
import org.manyi.org.OrganisationDirectory;
import org.manyi.org.UnitFacts.PostFacts;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who holds a post: appointing, substituting, releasing. */
@Controller
@RequestMapping("/org/posts/{postKey}")
class PostPages {

    private final OrganisationDirectory directory;
    private final Organisation organisation;
    private final OrganisationAdministration administration;
    private final MovableClock clock;
    private final Said said;

    PostPages(
            OrganisationDirectory directory,
            Organisation organisation,
            OrganisationAdministration administration,
            MovableClock clock,
            Said said) {
        this.directory = directory;
        this.organisation = organisation;
        this.administration = administration;
        this.clock = clock;
        this.said = said;
    }

    /** What was typed into the two forms; null where nothing was. */
    record Typed(String username, String substitute, String substituteFor, LocalDate from, LocalDate lastDay) {}

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    @GetMapping
    String post(@PathVariable String postKey, Model model) {
        LocalDate today = clock.today();
        return show(postKey, new Typed(null, null, null, today, null), model);
    }

    @PostMapping("/holders")
    String appoint(
            @PathVariable String postKey,
            @RequestParam String username,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        try {
            administration.assign(postKey, username.strip());
        } catch (ValidationException e) {
            return refuse(postKey, new Typed(username, null, null, clock.today(), null), e.fields(), model, response);
        }
        said.after(redirect, "org.said.appointed", organisation.postName(postKey));
        return "redirect:/org/posts/{postKey}";
    }

    @PostMapping("/substitutes")
    String substitute(
            @PathVariable String postKey,
            @RequestParam String substitute,
            @RequestParam String substituteFor,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate from,
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate lastDay,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        try {
            administration.substitute(postKey, substitute.strip(), substituteFor, from, lastDay);
        } catch (ValidationException e) {
            // The form above has the field of the same name.
            List<FieldProblem> problems = e.fields().stream()
                    .map(problem -> problem.field().equals("username")
                            ? new FieldProblem("substitute", problem.code(), problem.messageKey(), problem.args())
                            : problem)
                    .toList();
            return refuse(
                    postKey, new Typed(null, substitute, substituteFor, from, lastDay), problems, model, response);
        }
        said.after(redirect, "org.said.substituted", organisation.postName(postKey));
        return "redirect:/org/posts/{postKey}";
    }

    @PostMapping("/release")
    String release(@PathVariable String postKey, @RequestParam String username, RedirectAttributes redirect) {
        administration.release(postKey, username);
        said.after(redirect, "org.said.released", organisation.postName(postKey));
        return "redirect:/org/posts/{postKey}";
    }

    private String refuse(
            String postKey, Typed typed, List<FieldProblem> problems, Model model, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        model.addAttribute("errors", problems);
        return show(postKey, typed, model);
    }

    private String show(String postKey, Typed typed, Model model) {
        PostFacts post = directory.post(postKey);
        model.addAttribute("post", post);
        model.addAttribute("postName", organisation.postName(postKey));
        model.addAttribute("unit", organisation.unit(organisation.unitOf(postKey)));
        model.addAttribute(
                "standIns",
                post.holders().stream()
                        .filter(holder -> holder.substituteFor() == null)
                        .map(holder -> new Choice(holder.username(), holder.name()))
                        .toList());
        model.addAttribute("vacant", post.holders().stream().noneMatch(holder -> holder.substituteFor() == null));
        model.addAttribute("today", clock.today());
        model.addAttribute("typed", typed);
        return "org/post";
    }
}
