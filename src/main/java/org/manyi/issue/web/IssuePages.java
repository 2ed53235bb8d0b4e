package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.manyi.engine.Processes;
import org.manyi.inbox.Inbox;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** An issue in pages, and what is done there beside its tasks. */
@Controller
class IssuePages {

    private final Issues issues;
    private final Inbox inbox;
    private final CurrentUsers users;
    private final MessageSource messages;

    IssuePages(Issues issues, Inbox inbox, CurrentUsers users, MessageSource messages) {
        this.issues = issues;
        this.inbox = inbox;
        this.users = users;
        this.messages = messages;
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /** A diagram as the island draws it; {@code counts} is how many instances stand at an element. */
    record Picture(String xml, List<String> active, List<String> done, Map<String, Integer> counts) {}

    @GetMapping("/issues/{number}")
    String issue(@PathVariable String number, Model model) {
        CurrentUser user = users.require();
        show(issues.find(number, user), user, model);
        return "issue/issue";
    }

    private void show(IssueDetail issue, CurrentUser user, Model model) {
        model.addAttribute("issue", issue);
        model.addAttribute("remarks", inbox.comments(issue.number(), user));
        model.addAttribute(
                "diagrams",
                inbox.diagrams(issue.number(), user).stream()
                        .map(Processes.LiveDiagram::processKey)
                        .toList());
    }

    @GetMapping("/issues/{number}/diagrams/{process}")
    @ResponseBody
    Picture diagram(@PathVariable String number, @PathVariable String process) {
        return inbox.diagrams(number, users.require()).stream()
                .filter(diagram -> diagram.processKey().equals(process))
                .map(diagram -> new Picture(diagram.xml(), diagram.active(), diagram.done(), Map.of()))
                .findFirst()
                .orElseThrow(org.manyi.shared.NotFoundException::new);
    }

    @PostMapping("/issues/{number}/extension")
    String requestExtension(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(defaultValue = "0") int workingDays,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            issues.requestExtension(number, version, workingDays, reason, user);
        } catch (ValidationException | ConflictException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", told(e));
            model.addAttribute("typedDays", workingDays);
            model.addAttribute("typedReason", reason);
            show(issues.find(number, user), user, model);
            return "issue/issue";
        }
        redirect.addFlashAttribute("flash", text("issue.said.extension"));
        return "redirect:/issues/{number}";
    }

    /** The reporter in clear, never in an address and never kept by the browser; in place where the page asks for a part. */
    @PostMapping("/issues/{number}/reporter")
    String reveal(
            @PathVariable String number,
            @RequestParam(required = false) String reason,
            @RequestHeader(name = "HX-Request", required = false) String part,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            NewIssue.Reporter reporter = issues.revealReporter(number, reason, user);
            model.addAttribute("revealed", reporter);
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
        }
        show(issues.find(number, user), user, model);
        return part == null ? "issue/issue" : "issue/case :: reporter";
    }

    /** What a refusal says at the form that was refused. */
    private static List<FieldProblem> told(ProblemException refusal) {
        return refusal.fields().isEmpty()
                ? List.of(FieldProblem.of("workingDays", refusal.code(), refusal.messageKey(), refusal.args()))
                : refusal.fields();
    }

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
