package org.manyi.inbox.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.inbox.Guides;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** The first page of a first day: what waits for the person, and what he can do here, by what he is. */
@Controller
class GuidePage {

    static final String PATH = "/guide";
    private static final String INBOX = InboxAddress.PATH;
    private static final String ISSUES = "/issues";
    private static final String RAISE = "/issues/new";
    private static final String YEAR = "/campaigns";
    private static final String SUPERVISION = SupervisionPage.PATH;
    private static final String VISITS = "/registers/visits";
    private static final int FIRST_TASKS = 3;

    private final Guides guides;
    private final Inbox inbox;
    private final DueMarks dueMarks;
    private final CurrentUsers users;

    GuidePage(Guides guides, Inbox inbox, DueMarks dueMarks, CurrentUsers users) {
        this.guides = guides;
        this.inbox = inbox;
        this.dueMarks = dueMarks;
        this.users = users;
    }

    /**
     * Something that can be done.
     *
     * @param key of its texts, {@code inbox.guide.<key>} and {@code inbox.guide.<key>.text}
     * @param href where it is done
     */
    public record Step(String key, String href) {}

    /**
     * What a person of this kind does here.
     *
     * @param key of its texts, {@code inbox.guide.role.<key>} and {@code inbox.guide.role.<key>.text}
     */
    public record Part(String key, List<Step> steps) {}

    /** A task that waits. */
    public record Waiting(TaskItem item, DueMarks.DueMark due) {}

    @GetMapping(PATH)
    String show(Model model) {
        CurrentUser user = users.require();
        TaskQuery all = InboxAddress.of(Map.of()).query();
        Count mine = inbox.count(all.in(TaskQuery.View.MINE), user);
        Count claimable = inbox.count(all.in(TaskQuery.View.CLAIMABLE), user);
        TaskQuery.View first = mine.value() > 0 ? TaskQuery.View.MINE : TaskQuery.View.CLAIMABLE;
        model.addAttribute("mine", mine);
        model.addAttribute("claimable", claimable);
        model.addAttribute(
                "waiting",
                inbox.list(all.in(first), user, first == TaskQuery.View.MINE ? mine : claimable).items().stream()
                        .limit(FIRST_TASKS)
                        .map(item -> new Waiting(item, dueMarks.of(item)))
                        .toList());
        if (supervises(user)) {
            model.addAttribute("others", inbox.count(all.in(TaskQuery.View.SUPERVISED), user));
            model.addAttribute(
                    "othersLate",
                    inbox.count(
                            InboxAddress.of(Map.of("view", "supervised", "overdue", "true"))
                                    .query(),
                            user));
        }
        model.addAttribute("parts", parts(user));
        model.addAttribute("read", guides.read(user));
        return "inbox/guide";
    }

    @PostMapping(PATH + "/read")
    String read() {
        guides.markRead(users.require());
        return "redirect:" + INBOX;
    }

    /** Whether to see to the work of others is part of what the person does here. */
    static boolean supervises(CurrentUser user) {
        return parts(user).stream().flatMap(part -> part.steps().stream()).anyMatch(step -> step.href()
                .equals(SUPERVISION));
    }

    private static List<Part> parts(CurrentUser user) {
        List<Part> parts = new ArrayList<>();
        for (Role role : Role.values()) {
            if (Role.CASE.contains(role) && user.is(role)) {
                parts.add(new Part(role.name().toLowerCase(Locale.ROOT), steps(role)));
            }
        }
        return parts;
    }

    private static List<Step> steps(Role role) {
        return switch (role) {
            case CHAIR, DEPUTY ->
                List.of(
                        new Step("decide", INBOX),
                        new Step("supervise", SUPERVISION),
                        new Step("follow", YEAR),
                        new Step("ledger", ISSUES));
            case LEADER ->
                List.of(
                        new Step("approve", INBOX),
                        new Step("mySchools", SUPERVISION),
                        new Step("visits", VISITS),
                        new Step("follow", YEAR));
            case DEPARTMENT ->
                List.of(
                        new Step("assign", INBOX),
                        new Step("raise", RAISE),
                        new Step("supervise", SUPERVISION),
                        new Step("review", YEAR),
                        new Step("ledger", ISSUES));
            case DISTRICT ->
                List.of(
                        new Step("todo", INBOX),
                        new Step("supervise", SUPERVISION),
                        new Step("raise", RAISE),
                        new Step("follow", YEAR));
            case SCHOOL ->
                List.of(
                        new Step("todo", INBOX),
                        new Step("claim", INBOX + "?view=claimable"),
                        new Step("rectify", ISSUES),
                        new Step("schoolYear", YEAR),
                        new Step("selfCheck", RAISE));
            case INSPECTOR ->
                List.of(
                        new Step("verify", INBOX + "?view=claimable"),
                        new Step("found", RAISE),
                        new Step("ledger", ISSUES));
            default -> List.of(new Step("todo", INBOX), new Step("claim", INBOX + "?view=claimable"));
        };
    }
}
