package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.RoundDetours;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The detours of a round on the issue's page. */
@Controller
class RoundDetourPages {

    private final RoundDetours detours;
    private final IssuePages pages;
    private final CurrentUsers users;
    private final MessageSource messages;

    RoundDetourPages(RoundDetours detours, IssuePages pages, CurrentUsers users, MessageSource messages) {
        this.detours = detours;
        this.pages = pages;
        this.users = users;
        this.messages = messages;
    }

    @PostMapping("/issues/{number}/shelve")
    String shelve(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String shelveReason,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate reviewOn,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return done(
                number,
                "shelve",
                Map.of("reason", "shelveReason"),
                typed("shelveReason", shelveReason, "reviewOn", reviewOn),
                () -> detours.shelve(number, version, shelveReason, reviewOn, user),
                model,
                redirect,
                response);
    }

    @PostMapping("/issues/{number}/resume")
    String resume(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String resumeReason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return done(
                number,
                "resume",
                Map.of("reason", "resumeReason"),
                typed("resumeReason", resumeReason),
                () -> detours.resume(number, version, resumeReason, user),
                model,
                redirect,
                response);
    }

    @PostMapping("/issues/{number}/co-unit")
    String addCoUnit(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String unitCode,
            @RequestParam(required = false) String coUnitReason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return done(
                number,
                "coUnit",
                Map.of("reason", "coUnitReason"),
                typed("unitCode", unitCode, "coUnitReason", coUnitReason),
                () -> detours.addCoUnit(number, version, unitCode, coUnitReason, user),
                model,
                redirect,
                response);
    }

    @PostMapping("/issues/{number}/stage")
    String completeStage(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String stageReason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        return done(
                number,
                "stage",
                Map.of("reason", "stageReason"),
                typed("stageReason", stageReason),
                () -> detours.completeStage(number, version, stageReason, user),
                model,
                redirect,
                response);
    }

    /** Does it, or shows the page again with what was typed and why not; fields are named as on the page. */
    private String done(
            String number,
            String form,
            Map<String, String> fields,
            Map<String, Object> typed,
            Supplier<IssueDetail> action,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        try {
            action.get();
        } catch (ValidationException | ConflictException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", told(e, fields));
            model.addAttribute("typedIn", form);
            model.addAttribute("typed", typed);
            pages.show(number, users.require(), model);
            return "issue/issue";
        }
        redirect.addFlashAttribute(
                "flash", messages.getMessage("issue.said." + form, null, LocaleContextHolder.getLocale()));
        return "redirect:/issues/{number}";
    }

    private static Map<String, Object> typed(Object... namesAndValues) {
        Map<String, Object> typed = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            typed.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return typed;
    }

    private static List<FieldProblem> told(ProblemException refusal, Map<String, String> fields) {
        if (refusal.fields().isEmpty()) {
            return List.of(FieldProblem.of(
                    fields.values().iterator().next(), refusal.code(), refusal.messageKey(), refusal.args()));
        }
        return refusal.fields().stream()
                .map(problem -> FieldProblem.of(
                        fields.getOrDefault(problem.field(), problem.field()),
                        problem.code(),
                        problem.messageKey(),
                        problem.args().toArray()))
                .toList();
    }
}
