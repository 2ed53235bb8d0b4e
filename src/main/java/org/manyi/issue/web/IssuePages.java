package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.manyi.engine.Processes;
import org.manyi.inbox.Inbox;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.issue.RoundDetours;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
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

    /** What has a page of its own. */
    private static final Set<IssueAction> DETOURS = EnumSet.of(
            IssueAction.WITHDRAW, IssueAction.REOPEN, IssueAction.CHANGE_UNIT, IssueAction.MERGE, IssueAction.MOVE_TO);

    /** What cannot be undone. */
    private static final Set<IssueAction> GRAVE = EnumSet.of(IssueAction.WITHDRAW, IssueAction.MERGE);

    private final Issues issues;
    private final RoundDetours roundDetours;
    private final Inbox inbox;
    private final CurrentUsers users;
    private final MessageSource messages;

    IssuePages(Issues issues, RoundDetours roundDetours, Inbox inbox, CurrentUsers users, MessageSource messages) {
        this.issues = issues;
        this.roundDetours = roundDetours;
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

    /** Shows an issue's page again, after something on it was refused. */
    void show(String number, CurrentUser user, Model model) {
        show(issues.find(number, user), user, model);
    }

    private void show(IssueDetail issue, CurrentUser user, Model model) {
        if (issue.actions().contains("addCoUnit")) {
            model.addAttribute(
                    "unitsToHelp",
                    roundDetours.unitsToHelp(issue.number(), user).stream()
                            .map(unit -> new Choice(unit.code(), unit.name()))
                            .toList());
        }
        model.addAttribute("issue", issue);
        model.addAttribute("detours", offered(issue, action -> !GRAVE.contains(action)));
        model.addAttribute("graveDetours", offered(issue, GRAVE::contains));
        model.addAttribute("remarks", inbox.comments(issue.number(), user));
        model.addAttribute(
                "diagrams",
                inbox.diagrams(issue.number(), user).stream()
                        .map(Processes.LiveDiagram::processKey)
                        .toList());
    }

    private static List<String> offered(IssueDetail issue, Predicate<IssueAction> which) {
        return DETOURS.stream()
                .filter(which)
                .map(IssueAction::code)
                .filter(issue.actions()::contains)
                .toList();
    }

    @GetMapping("/issues/{number}/diagrams/{process}")
    @ResponseBody
    Picture diagram(@PathVariable String number, @PathVariable String process) {
        return inbox.diagrams(number, users.require()).stream()
                .filter(diagram -> diagram.processKey().equals(process))
                .map(diagram -> new Picture(diagram.xml(), diagram.active(), diagram.done(), Map.of()))
                .findFirst()
                .orElseThrow(NotFoundException::new);
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
            Refusals.show(e, "workingDays", model, response);
            model.addAttribute("typedDays", workingDays);
            model.addAttribute("typedReason", reason);
            show(issues.find(number, user), user, model);
            return "issue/issue";
        }
        redirect.addFlashAttribute("flash", text("issue.said.extension"));
        return "redirect:/issues/{number}";
    }

    /** What will happen, a reason, and the button that does it; for every action that takes an issue off its order. */
    @GetMapping("/issues/{number}/actions/{action}")
    String action(@PathVariable String number, @PathVariable String action, Model model) {
        CurrentUser user = users.require();
        ask(issues.find(number, user), detour(action), user, model);
        return "issue/action";
    }

    @PostMapping("/issues/{number}/actions/{action}")
    String act(
            @PathVariable String number,
            @PathVariable String action,
            @RequestParam int version,
            @RequestParam(required = false) String target,
            @RequestParam(required = false) String reason,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        IssueAction detour = detour(action);
        try {
            issues.act(number, detour, version, target, reason, user);
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", atTheirFields(e, detour));
            model.addAttribute("typedTarget", target);
            model.addAttribute("typedReason", reason);
            ask(issues.find(number, user), detour, user, model);
            return "issue/action";
        }
        redirect.addFlashAttribute("flash", text("issue.said." + detour.code()));
        return "redirect:/issues/{number}";
    }

    private void ask(IssueDetail issue, IssueAction action, CurrentUser user, Model model) {
        model.addAttribute("issue", issue);
        model.addAttribute("action", action.code());
        // Asked for an action without a field too: whoever may not do it does not get its page.
        model.addAttribute("choices", issues.choices(issue.number(), action, user));
        model.addAttribute("hasField", action.field() != null);
        model.addAttribute("grave", GRAVE.contains(action));
    }

    private static IssueAction detour(String code) {
        return IssueAction.of(code).filter(DETOURS::contains).orElseThrow(NotFoundException::new);
    }

    /** The page has one field for whatever the action asks for. */
    private static List<FieldProblem> atTheirFields(ValidationException refusal, IssueAction action) {
        return refusal.fields().stream()
                .map(problem -> problem.field().equals(action.field())
                        ? new FieldProblem("target", problem.code(), problem.messageKey(), problem.args())
                        : problem)
                .toList();
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

    private String text(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
