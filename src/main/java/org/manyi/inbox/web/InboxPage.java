package org.manyi.inbox.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.calendar.DateTexts;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** The inbox: who opens Manyi sees first what waits for him. */
@Controller
class InboxPage {

    private final Inbox inbox;
    private final CurrentUsers users;
    private final DueMarks dueMarks;
    private final DateTexts dates;
    private final MovableClock clock;

    InboxPage(Inbox inbox, CurrentUsers users, DueMarks dueMarks, DateTexts dates, MovableClock clock) {
        this.inbox = inbox;
        this.users = users;
        this.dueMarks = dueMarks;
        this.dates = dates;
        this.clock = clock;
    }

    /** A view of the inbox with how much it holds. */
    record Tab(String href, String messageKey, Count count, boolean active) {}

    /**
     * A task in the list.
     *
     * @param due null once done
     * @param doneAt when it was done, as people say it; null while open
     */
    record Row(TaskItem item, DueMarks.DueMark due, String doneAt, boolean claimable) {}

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
            HttpServletResponse response,
            Model model) {
        CurrentUser user = users.require();
        InboxAddress address = InboxAddress.of(parameters);
        Slice<TaskItem> page;
        try {
            page = inbox.list(address.query(), user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            address = address.withCursor(null);
            page = inbox.list(address.query(), user);
        }
        InboxAddress shown = address;
        Map<TaskQuery.View, Count> counts = inbox.counts(user);
        model.addAttribute("address", shown);
        model.addAttribute(
                "tabs",
                List.of(TaskQuery.View.values()).stream()
                        .map(view -> new Tab(
                                shown.withView(view).href(),
                                "inbox.view." + view.name().toLowerCase(java.util.Locale.ROOT),
                                counts.get(view),
                                view == shown.view()))
                        .toList());
        model.addAttribute("view", shown.view().name().toLowerCase(java.util.Locale.ROOT));
        model.addAttribute("groups", groups(shown, page.items()));
        model.addAttribute("page", page);
        model.addAttribute("processes", inbox.processes());
        model.addAttribute("schools", inbox.schools(user));
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

    private List<Group> groups(InboxAddress address, List<TaskItem> items) {
        List<Group> groups = new ArrayList<>();
        for (TaskItem item : items) {
            boolean done = address.view() == TaskQuery.View.DONE;
            String key = done || address.sort() != TaskQuery.Sort.DUE ? null : group(item);
            if (groups.isEmpty()
                    || !java.util.Objects.equals(groups.get(groups.size() - 1).key(), key)) {
                groups.add(new Group(key, new ArrayList<>()));
            }
            groups.get(groups.size() - 1).rows().add(row(item, done));
        }
        return groups;
    }

    private Row row(TaskItem item, boolean done) {
        return new Row(
                item,
                done ? null : dueMarks.of(item),
                done ? dates.at(item.doneAt().toInstant()) : null,
                item.actions().contains("claim"));
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
