package org.manyi.inbox.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.calendar.DateTexts;
import org.manyi.inbox.BulkTasks;
import org.manyi.inbox.BulkTasks.Action;
import org.manyi.inbox.BulkTasks.Candidate;
import org.manyi.inbox.BulkTasks.Item;
import org.manyi.inbox.BulkTasks.Outcome;
import org.manyi.inbox.BulkTasks.Result;
import org.manyi.inbox.TaskItem;
import org.manyi.org.Substitutes;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Many tasks of the list at once: first what is about to be done, each beside its case, then what came of each. */
@Controller
class BulkPages {

    private static final String PAGE = "inbox/bulk";

    private final BulkTasks bulk;
    private final Substitutes substitutes;
    private final CurrentUsers users;
    private final DueMarks dueMarks;
    private final DateTexts dates;
    private final MessageSource messages;

    BulkPages(
            BulkTasks bulk,
            Substitutes substitutes,
            CurrentUsers users,
            DueMarks dueMarks,
            DateTexts dates,
            MessageSource messages) {
        this.bulk = bulk;
        this.substitutes = substitutes;
        this.users = users;
        this.dueMarks = dueMarks;
        this.dates = dates;
        this.messages = messages;
    }

    /** A choice of a select, in the form of the shared fragment. */
    record Option(String value, String label) {}

    /**
     * A chosen task.
     *
     * @param chosen task and version with a colon between them
     * @param fragment template and name of the fragment that shows the case, null where none is shown
     * @param decision what is decided on it, null where nothing is
     */
    record Row(
            String chosen,
            TaskItem task,
            DueMarks.DueMark due,
            String[] fragment,
            Object model,
            String decision,
            String problem) {}

    /** Shows what is about to be done with the chosen tasks. */
    @PostMapping("/inbox/bulk")
    String prepare(
            @RequestParam(required = false) String action,
            @RequestParam(required = false) List<String> chosen,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        try {
            Action what = Choices.of("action", Action.class, action);
            return show(what, items(chosen), null, back, locale, model);
        } catch (ValidationException e) {
            FieldProblem first = e.fields().get(0);
            redirect.addFlashAttribute(
                    "flash",
                    messages.getMessage(first.messageKey(), first.args().toArray(), locale));
            return "redirect:" + InboxAddress.ofBack(back).href();
        }
    }

    /**
     * Carries it out.
     *
     * @param listed all that the page showed
     * @param chosen those still ticked
     */
    @PostMapping("/inbox/bulk/done")
    String carryOut(
            @RequestParam(required = false) String action,
            @RequestParam(required = false) List<String> listed,
            @RequestParam(required = false) List<String> chosen,
            @RequestParam(required = false) String username,
            @RequestParam(required = false) String reason,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Action what = Choices.of("action", Action.class, action);
        try {
            Map<Boolean, List<Result>> results =
                    bulk.carryOut(what, items(chosen), username, reason, users.require()).stream()
                            .collect(Collectors.partitioningBy(one -> one.outcome() == Outcome.DONE));
            model.addAttribute("done", results.get(true));
            model.addAttribute("left", results.get(false));
            model.addAttribute("action", action);
            model.addAttribute("backHref", InboxAddress.ofBack(back).href());
            return PAGE;
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            model.addAttribute("typedUsername", username);
            model.addAttribute("typedReason", reason);
            return show(what, items(listed), chosen == null ? Set.of() : new HashSet<>(chosen), back, locale, model);
        }
    }

    private String show(Action action, List<Item> items, Set<String> ticked, String back, Locale locale, Model model) {
        CurrentUser user = users.require();
        List<Candidate> candidates = bulk.prepare(action, items, user);
        List<Row> rows =
                candidates.stream().map(candidate -> row(candidate, locale)).toList();
        InboxAddress address = InboxAddress.ofBack(back);
        model.addAttribute("action", action.name().toLowerCase(Locale.ROOT));
        model.addAttribute("rows", rows);
        model.addAttribute(
                "ticked", ticked == null ? rows.stream().map(Row::chosen).collect(Collectors.toSet()) : ticked);
        model.addAttribute(
                "able", candidates.stream().filter(one -> one.problem() == null).count());
        model.addAttribute("assignees", action == Action.ASSIGN ? assignees(candidates, user, locale) : List.of());
        model.addAttribute("back", address.back());
        model.addAttribute("backHref", address.href());
        return PAGE;
    }

    private Row row(Candidate candidate, Locale locale) {
        TaskItem task = candidate.item();
        return new Row(
                task.id() + ":" + task.version(),
                task,
                task.doneAt() == null ? dueMarks.of(task) : null,
                candidate.view() == null ? null : candidate.view().fragment().split("\\s*::\\s*"),
                candidate.view() == null ? null : candidate.view().model(),
                candidate.decision() == null
                        ? null
                        : messages.getMessage(
                                "form." + task.key() + ".decision." + candidate.decision(),
                                null,
                                candidate.decision(),
                                locale),
                candidate.problem());
    }

    private List<Option> assignees(List<Candidate> candidates, CurrentUser user, Locale locale) {
        List<TaskItem.PersonRef> people = bulk.assignees(candidates, user);
        Map<String, java.time.LocalDate> leaves = substitutes.onLeave(
                people.stream().map(TaskItem.PersonRef::username).toList());
        return people.stream()
                .map(person -> new Option(
                        person.username(),
                        leaves.containsKey(person.username())
                                ? messages.getMessage(
                                        "inbox.assign.onLeave",
                                        new Object[] {person.name(), dates.full(leaves.get(person.username()))},
                                        locale)
                                : person.name()))
                .toList();
    }

    private static List<Item> items(List<String> chosen) {
        List<Item> items = new ArrayList<>();
        for (String one : chosen == null ? List.<String>of() : chosen) {
            int colon = one.lastIndexOf(':');
            try {
                items.add(new Item(one.substring(0, Math.max(colon, 0)), Integer.parseInt(one.substring(colon + 1))));
            } catch (NumberFormatException e) {
                throw ValidationException.of("items", "malformed", "inbox.bulk.range", BulkTasks.MOST);
            }
        }
        return items;
    }
}
