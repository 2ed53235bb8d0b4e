package org.manyi.inbox.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.calendar.DateTexts;
import org.manyi.inbox.Guides;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.Question;
import org.manyi.inbox.Questions;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The inbox: who opens Manyi sees first what waits for him. */
@Controller
class InboxPage {

    /** Views that most people never need; their tabs come with the first task. */
    private static final Set<TaskQuery.View> RARE = Set.of(TaskQuery.View.ASKED, TaskQuery.View.ABSENT);

    private final Inbox inbox;
    private final Questions questions;
    private final NamedViewBar named;
    private final Guides guides;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final DueMarks dueMarks;
    private final DateTexts dates;
    private final MovableClock clock;
    private final MessageSource messages;

    InboxPage(
            Inbox inbox,
            Questions questions,
            NamedViewBar named,
            Guides guides,
            Organisation organisation,
            CurrentUsers users,
            DueMarks dueMarks,
            DateTexts dates,
            MovableClock clock,
            MessageSource messages) {
        this.inbox = inbox;
        this.questions = questions;
        this.named = named;
        this.guides = guides;
        this.organisation = organisation;
        this.users = users;
        this.dueMarks = dueMarks;
        this.dates = dates;
        this.clock = clock;
        this.messages = messages;
    }

    /**
     * A view of the inbox.
     *
     * @param count how much it holds, null where that is asked for once the page stands
     */
    record Tab(String href, String messageKey, Count count, boolean active) {}

    /** How much a view holds, and the id of the place in its tab that waits for it. */
    record LateCount(String place, Count count) {}

    /** A choice of a filter. */
    record Option(String value, String label) {}

    /**
     * A task in the list.
     *
     * @param due null once done
     * @param doneAt when it was done, as people say it; null while open
     * @param question what a colleague is asked about it, null where nobody is asked
     */
    record Row(TaskItem item, DueMarks.DueMark due, String doneAt, boolean claimable, Question question) {}

    /**
     * Tasks that are due in the same stretch of time.
     *
     * @param key tail of {@code inbox.group.<key>}, null where the list is not grouped
     */
    record Group(String key, List<Row> rows) {}

    @GetMapping(InboxAddress.PATH)
    String list(
            @RequestParam Map<String, String> parameters,
            @RequestHeader(name = "HX-Request", required = false) String partly,
            Locale locale,
            HttpServletResponse response,
            Model model) {
        CurrentUser user = users.require();
        InboxAddress asked = InboxAddress.of(parameters);
        InboxAddress address = asked.view() == null ? asked.withView(firstToShow(asked, user)) : asked;
        Slice<TaskItem> page;
        try {
            page = inbox.list(address.query(), user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            address = address.withCursor(null);
            page = inbox.list(address.query(), user);
        }
        InboxAddress shown = address;
        model.addAttribute("address", shown);
        model.addAttribute("tabs", tabs(shown, page.count(), user));
        model.addAttribute("countsHref", shown.withCursor(null).countsHref());
        model.addAttribute("view", code(shown.view()));
        model.addAttribute("groups", groups(shown, page.items()));
        model.addAttribute(
                "choosable",
                shown.view() != TaskQuery.View.DONE
                        && page.items().stream()
                                .anyMatch(item -> !item.actions().isEmpty()));
        model.addAttribute("page", page);
        model.addAttribute("processes", processes(locale));
        model.addAttribute("schools", inbox.schools(user));
        model.addAttribute(
                "unitName",
                shown.unit() == null
                        ? null
                        : organisation.find(shown.unit()).map(Unit::shortName).orElse(shown.unit()));
        model.addAttribute(
                "meanwhile",
                shown.view() == TaskQuery.View.MINE && GuidePage.supervises(user) ? SupervisionPage.PATH : null);
        model.addAttribute("newcomer", partly == null && !guides.read(user));
        named.show(parameters.get("named"), user, model);
        model.addAttribute(
                "firstHref",
                shown.cursor() == null ? null : shown.withCursor(null).href());
        model.addAttribute(
                "nextHref",
                page.nextCursor() == null
                        ? null
                        : shown.withCursor(page.nextCursor()).href());
        if (partly != null) {
            response.setHeader("HX-Push-Url", shown.href());
        }
        return "inbox/list";
    }

    /** How much the views hold that are not shown, each for its place in the tabs: who oversees much would else wait for them before the list. */
    @GetMapping(InboxAddress.COUNTS)
    String counts(@RequestParam Map<String, String> parameters, Model model) {
        CurrentUser user = users.require();
        InboxAddress shown = InboxAddress.of(parameters);
        model.addAttribute(
                "counts",
                late(shown.view())
                        .map(view -> new LateCount(
                                place(view), inbox.count(shown.withView(view).query(), user)))
                        .toList());
        return "inbox/counts :: counts";
    }

    private List<Option> processes(Locale locale) {
        return inbox.processes().stream()
                .map(process ->
                        new Option(process, messages.getMessage("inbox.process." + process, null, process, locale)))
                .toList();
    }

    /** What waits for the person; where something is searched for, the first view that has it. */
    private TaskQuery.View firstToShow(InboxAddress address, CurrentUser user) {
        List<TaskQuery.View> views = address.filtered()
                ? List.of(TaskQuery.View.values())
                : List.of(TaskQuery.View.MINE, TaskQuery.View.CLAIMABLE, TaskQuery.View.ASKED);
        return views.stream()
                .filter(view ->
                        inbox.count(address.withView(view).query(), user).value() > 0)
                .findFirst()
                .orElse(TaskQuery.View.MINE);
    }

    private List<Tab> tabs(InboxAddress address, Count shown, CurrentUser user) {
        List<Tab> tabs = new ArrayList<>();
        for (TaskQuery.View view : TaskQuery.View.values()) {
            boolean active = view == address.view();
            // Whether there is a tab of a rare view depends on its count, which so cannot wait.
            Count count = active
                    ? shown
                    : RARE.contains(view) ? inbox.count(address.withView(view).query(), user) : null;
            if (active || count == null || count.value() > 0) {
                tabs.add(new Tab(address.withView(view).href(), messageKey(view), count, active));
            }
        }
        return tabs;
    }

    private static Stream<TaskQuery.View> late(TaskQuery.View shown) {
        return Arrays.stream(TaskQuery.View.values()).filter(view -> view != shown && !RARE.contains(view));
    }

    private static String messageKey(TaskQuery.View view) {
        return "inbox.view." + code(view);
    }

    private static String place(TaskQuery.View view) {
        return messageKey(view).replace('.', '-');
    }

    private static String code(TaskQuery.View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    private List<Group> groups(InboxAddress address, List<TaskItem> items) {
        List<Group> groups = new ArrayList<>();
        Map<String, Question> asked =
                questions.openOf(items.stream().map(TaskItem::id).toList());
        for (TaskItem item : items) {
            boolean done = address.view() == TaskQuery.View.DONE;
            String key = done || address.sort() != TaskQuery.Sort.DUE ? null : group(item);
            if (groups.isEmpty()
                    || !Objects.equals(groups.get(groups.size() - 1).key(), key)) {
                groups.add(new Group(key, new ArrayList<>()));
            }
            groups.get(groups.size() - 1).rows().add(row(item, done, asked.get(item.id())));
        }
        return groups;
    }

    private Row row(TaskItem item, boolean done, Question question) {
        return new Row(
                item,
                done ? null : dueMarks.of(item),
                done ? dates.at(item.doneAt().toInstant()) : null,
                item.actions().contains("claim"),
                question);
    }

    private String group(TaskItem item) {
        LocalDate today = clock.today();
        if (item.overdue()) {
            return "overdue";
        }
        if (!item.dueDate().isAfter(today)) {
            return "today";
        }
        return item.dueDate().isAfter(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY))) ? "later" : "week";
    }
}
