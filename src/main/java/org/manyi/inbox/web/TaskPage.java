package org.manyi.inbox.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.manyi.calendar.DateTexts;
import org.manyi.engine.Processes;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.FileView;
import org.manyi.inbox.Colleague;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.Question;
import org.manyi.inbox.Questions;
import org.manyi.inbox.SubmittedLine;
import org.manyi.inbox.TaskComment;
import org.manyi.inbox.TaskDetail;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskPagePart;
import org.manyi.org.Substitutes;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The page of one task: all that one needs to decide. */
@Controller
class TaskPage {

    /** The list is read for the way on; nobody is shown how much it holds. */
    private static final Count UNCOUNTED = new Count(0, false);

    private final Inbox inbox;
    private final Questions questions;
    private final CurrentUsers users;
    private final DueMarks dueMarks;
    private final DateTexts dates;
    private final Substitutes substitutes;
    private final MessageSource messages;
    private final ObjectProvider<TaskPagePart> parts;

    TaskPage(
            Inbox inbox,
            Questions questions,
            CurrentUsers users,
            DueMarks dueMarks,
            DateTexts dates,
            Substitutes substitutes,
            MessageSource messages,
            ObjectProvider<TaskPagePart> parts) {
        this.inbox = inbox;
        this.questions = questions;
        this.users = users;
        this.dueMarks = dueMarks;
        this.dates = dates;
        this.substitutes = substitutes;
        this.messages = messages;
        this.parts = parts;
    }

    /** What somebody said, and what he did by it. */
    record Said(TaskComment comment, String act, String at, String instant) {}

    /** A question to a colleague with its moments as people say them; {@code endedAt} is null while open. */
    record Asked(Question question, String askedAt, String endedAt, boolean onLeave) {}

    /** A choice of a select, in the form of the shared fragment. */
    record Option(String value, String label) {}

    /**
     * An answer of a completed form.
     *
     * @param texts empty where the answer is files
     */
    record Answer(String label, Integer row, List<String> texts, List<FileView> files) {}

    /** What another room shows here: the template and the fragment, and what the fragment is told. */
    record Part(String[] fragment, Object model) {}

    /** A process and where it stands, in the form of the diagram's island. */
    record Diagram(String xml, List<String> active, List<String> done) {}

    @GetMapping("/tasks/{id}")
    String show(@PathVariable String id, @RequestParam(required = false) String back, Locale locale, Model model) {
        fill(id, back, locale, model);
        return "inbox/task";
    }

    @PostMapping("/tasks/{id}/claim")
    String claim(
            @PathVariable String id,
            @RequestParam(required = false) String back,
            Locale locale,
            RedirectAttributes redirect) {
        return change(id, back, locale, redirect, "inbox.flash.claimed", () -> inbox.claim(id, users.require()));
    }

    @PostMapping("/tasks/{id}/unclaim")
    String unclaim(
            @PathVariable String id,
            @RequestParam(required = false) String back,
            Locale locale,
            RedirectAttributes redirect) {
        return change(id, back, locale, redirect, "inbox.flash.unclaimed", () -> inbox.unclaim(id, users.require()));
    }

    @PostMapping("/tasks/{id}/assign")
    String assign(
            @PathVariable String id,
            @RequestParam(required = false) String username,
            @RequestParam(required = false) String reason,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        try {
            return change(
                    id,
                    back,
                    locale,
                    redirect,
                    "inbox.flash.assigned",
                    () -> inbox.assign(id, username, reason, users.require()));
        } catch (ValidationException e) {
            model.addAttribute("typedUsername", username);
            model.addAttribute("typedReason", reason);
            return refused(id, back, locale, model, e);
        }
    }

    @PostMapping("/tasks/{id}/comments")
    String comment(
            @PathVariable String id,
            @RequestParam(required = false) String text,
            @RequestParam(required = false) List<String> mentions,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        try {
            return change(
                    id,
                    back,
                    locale,
                    redirect,
                    "inbox.flash.commented",
                    () -> inbox.comment(id, text, mentions, users.require()));
        } catch (ValidationException e) {
            model.addAttribute("typedText", text);
            model.addAttribute("typedMentions", mentions);
            return refused(id, back, locale, model, e);
        }
    }

    @PostMapping("/tasks/{id}/delegate")
    String delegate(
            @PathVariable String id,
            @RequestParam(required = false) String colleague,
            @RequestParam(required = false) String question,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        try {
            return change(
                    id,
                    back,
                    locale,
                    redirect,
                    "inbox.flash.asked",
                    () -> questions.ask(id, colleague, question, users.require()));
        } catch (ValidationException e) {
            model.addAttribute("typedColleague", colleague);
            model.addAttribute("typedQuestion", question);
            return refused(id, back, locale, model, called(e, "username", "colleague"));
        }
    }

    @PostMapping("/tasks/{id}/resolve")
    String resolve(
            @PathVariable String id,
            @RequestParam(required = false) String outcome,
            @RequestParam(required = false) String opinion,
            @RequestParam(required = false) String back,
            Locale locale,
            Model model,
            RedirectAttributes redirect) {
        try {
            Question.State state = Question.State.of(outcome).orElse(null);
            return change(
                    id,
                    back,
                    locale,
                    redirect,
                    "inbox.flash.resolved",
                    () -> questions.answer(id, state, opinion, users.require()));
        } catch (ValidationException e) {
            model.addAttribute("typedOpinion", opinion);
            return refused(id, back, locale, model, called(e, "text", "opinion"));
        }
    }

    @PostMapping("/tasks/{id}/recall")
    String recall(
            @PathVariable String id,
            @RequestParam(required = false) String back,
            Locale locale,
            RedirectAttributes redirect) {
        return change(id, back, locale, redirect, "inbox.flash.recalled", () -> questions.recall(id, users.require()));
    }

    /** The same faults with a field by the name that it has on the page, where the contract's name is another form's. */
    private static ValidationException called(ValidationException refused, String field, String here) {
        return new ValidationException(refused.fields().stream()
                .map(fault -> fault.field().equals(field)
                        ? new FieldProblem(here, fault.code(), fault.messageKey(), fault.args())
                        : fault)
                .toList());
    }

    /** The process of the task and where its case stands in it. */
    @GetMapping("/tasks/{id}/diagram.json")
    @ResponseBody
    Diagram diagram(@PathVariable String id) {
        CurrentUser user = users.require();
        TaskItem task = inbox.find(id, user);
        return diagram(task.caseNumber(), task.process(), user);
    }

    /** One of the processes of a case, the first where none is named. */
    @GetMapping("/cases/{number}/diagram.json")
    @ResponseBody
    Diagram caseDiagram(@PathVariable String number, @RequestParam(required = false) String process) {
        return diagram(number, process, users.require());
    }

    private Diagram diagram(String caseNumber, String process, CurrentUser user) {
        Processes.LiveDiagram found = inbox.diagrams(caseNumber, user).stream()
                .filter(diagram -> process == null || diagram.processKey().equals(process))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        return new Diagram(found.xml(), found.active(), found.done());
    }

    private interface Change {
        void run();
    }

    /** Changes the task and says so; when somebody else was first, says that on the task's own page, where it can be seen. */
    private String change(
            String id, String back, Locale locale, RedirectAttributes redirect, String done, Change change) {
        try {
            change.run();
            redirect.addFlashAttribute("flash", messages.getMessage(done, null, locale));
        } catch (ConflictException e) {
            redirect.addFlashAttribute("flash", messages.getMessage(e.messageKey(), e.args(), locale));
        }
        redirect.addAttribute("id", id);
        String query = InboxAddress.ofBack(back).back();
        if (!query.isEmpty()) {
            redirect.addAttribute("back", query);
        }
        return "redirect:/tasks/{id}";
    }

    private String refused(String id, String back, Locale locale, Model model, ValidationException e) {
        model.addAttribute("errors", e.fields());
        fill(id, back, locale, model);
        return "inbox/task";
    }

    private void fill(String id, String back, Locale locale, Model model) {
        CurrentUser user = users.require();
        TaskDetail detail = inbox.detail(id, user);
        TaskItem item = detail.item();
        InboxAddress address = InboxAddress.ofBack(back);
        model.addAttribute("task", item);
        model.addAttribute("detail", detail);
        model.addAttribute("caseView", detail.view());
        model.addAttribute("caseFragment", detail.view().fragment().split("\\s*::\\s*"));
        model.addAttribute(
                "parts",
                parts.orderedStream()
                        .flatMap(part -> part.of(item, user).stream())
                        .map(part -> new Part(part.fragment().split("\\s*::\\s*"), part.model()))
                        .toList());
        model.addAttribute("due", dueMarks.of(detail.due()));
        model.addAttribute("dueWhy", dates.why(detail.due()));
        model.addAttribute(
                "doneAt", item.doneAt() == null ? null : dates.at(item.doneAt().toInstant()));
        model.addAttribute("open", item.doneAt() == null);
        model.addAttribute(
                "mine", item.assignee() != null && item.assignee().username().equals(user.username()));
        model.addAttribute("may", item.actions());
        model.addAttribute("asked", message("inbox.ask." + item.key(), locale));
        model.addAttribute("next", message("inbox.next." + item.key(), locale));
        model.addAttribute("back", address.back());
        model.addAttribute("backHref", address.href());
        neighbours(id, address, user, model);
        model.addAttribute(
                "remarks",
                detail.comments().stream().map(comment -> said(comment, locale)).toList());
        model.addAttribute("answers", answers(detail, locale));
        // A remark that was sent is known by being there: what is typed after it is kept under another name.
        model.addAttribute(
                "ownRemarks",
                detail.comments().stream()
                        .filter(one -> one.author().username().equals(user.username()))
                        .count());
        List<TaskItem.PersonRef> people = item.actions().contains("assign") ? inbox.assignees(id, user) : List.of();
        List<Colleague> colleagues = questions.colleagues(id, user);
        Map<String, LocalDate> leaves = substitutes.onLeave(Stream.concat(
                        Stream.concat(Stream.ofNullable(item.assignee()), people.stream())
                                .map(TaskItem.PersonRef::username),
                        colleagues.stream().map(Colleague::username))
                .distinct()
                .toList());
        model.addAttribute("colleagues", colleagues);
        model.addAttribute(
                "askable",
                colleagues.stream()
                        .map(one ->
                                new Option(one.username(), shown(called(one, locale), one.username(), leaves, locale)))
                        .toList());
        asked(id, user, leaves, model);
        model.addAttribute(
                "assignees",
                people.stream()
                        .map(person ->
                                new Option(person.username(), shown(person.name(), person.username(), leaves, locale)))
                        .toList());
        model.addAttribute(
                "onLeave",
                item.doneAt() == null
                        && item.assignee() != null
                        && leaves.containsKey(item.assignee().username()));
    }

    /** A person to choose, who is on leave where somebody stands in for him today. */
    private String shown(String name, String username, Map<String, LocalDate> leaves, Locale locale) {
        LocalDate until = leaves.get(username);
        return until == null
                ? name
                : messages.getMessage("inbox.assign.onLeave", new Object[] {name, dates.full(until)}, locale);
    }

    private String called(Colleague colleague, Locale locale) {
        return colleague.unit().isEmpty()
                ? colleague.name()
                : messages.getMessage("inbox.colleague", new Object[] {colleague.name(), colleague.unit()}, locale);
    }

    /** What colleagues were asked, and what may be done about it. */
    private void asked(String id, CurrentUser user, Map<String, LocalDate> leaves, Model model) {
        List<Question> all = questions.of(id, user);
        Question open = all.stream().filter(Question::open).findFirst().orElse(null);
        model.addAttribute(
                "questions",
                all.stream()
                        .map(one -> new Asked(
                                one,
                                dates.at(one.askedAt().toInstant()),
                                one.endedAt() == null
                                        ? null
                                        : dates.at(one.endedAt().toInstant()),
                                leaves.containsKey(one.colleague().username())))
                        .toList());
        model.addAttribute("openQuestion", open);
        model.addAttribute("asksMe", open != null && open.colleague().username().equals(user.username()));
    }

    /** The tasks before and after this one in the list that the person came from; after one that has left the list comes its first. */
    private void neighbours(String id, InboxAddress address, CurrentUser user, Model model) {
        if (address.view() == null) {
            return;
        }
        Slice<TaskItem> page;
        try {
            page = inbox.list(address.query(), user, UNCOUNTED);
        } catch (ValidationException e) {
            // A page marker that is no longer good: then there is no way on.
            return;
        }
        List<String> ids = page.items().stream().map(TaskItem::id).toList();
        int at = ids.indexOf(id);
        if (at > 0) {
            model.addAttribute("before", href(ids.get(at - 1), address));
        }
        if (at + 1 < ids.size()) {
            model.addAttribute("after", href(ids.get(at + 1), address));
        } else if (page.nextCursor() != null) {
            InboxAddress next = address.withCursor(page.nextCursor());
            inbox.list(next.query(), user, UNCOUNTED).items().stream()
                    .findFirst()
                    .ifPresent(item -> model.addAttribute("after", href(item.id(), next)));
        }
    }

    private static String href(String id, InboxAddress address) {
        return UriComponentsBuilder.fromPath("/tasks/{id}")
                .queryParam("back", "{back}")
                .encode()
                .buildAndExpand(id, address.back())
                .toUriString();
    }

    private String message(String key, Locale locale) {
        return messages.getMessage(key, null, null, locale);
    }

    private Said said(TaskComment comment, Locale locale) {
        String whom = comment.assignee() == null ? "" : comment.assignee().name();
        return new Said(
                comment,
                messages.getMessage("inbox.comment." + comment.act(), new Object[] {comment.taskName(), whom}, locale),
                dates.at(comment.at().toInstant()),
                dates.exact(comment.at().toInstant()));
    }

    private List<Answer> answers(TaskDetail detail, Locale locale) {
        List<Answer> answers = new ArrayList<>();
        for (SubmittedLine line : detail.submitted()) {
            answers.add(
                    line.kind() == SubmittedLine.Kind.FILES
                            ? new Answer(line.label(), line.row(), List.of(), files(line.values(), detail.files()))
                            : new Answer(line.label(), line.row(), texts(line, locale), List.of()));
        }
        return answers;
    }

    private List<String> texts(SubmittedLine line, Locale locale) {
        return line.values().stream()
                .map(value -> switch (line.kind()) {
                    case TICK -> message("inbox.answer." + value, locale);
                    case DAY -> dates.full(LocalDate.parse(value));
                    default -> value;
                })
                .toList();
    }

    private static List<FileView> files(List<String> ids, Map<String, Attachment> files) {
        return FileView.of(
                ids.stream().map(files::get).filter(java.util.Objects::nonNull).toList());
    }
}
