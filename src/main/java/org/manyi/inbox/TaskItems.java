package org.manyi.inbox;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.manyi.org.Organisation;
import org.manyi.org.Substitutes;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Rows as lists and pages show them: with names, and with what the asker may do. */
@Component
class TaskItems {

    private final TaskBook book;
    private final TaskRights rights;
    private final TaskNames names;
    private final Organisation organisation;
    private final Accounts accounts;
    private final MovableClock clock;

    TaskItems(
            TaskBook book,
            TaskRights rights,
            TaskNames names,
            Organisation organisation,
            Accounts accounts,
            MovableClock clock) {
        this.book = book;
        this.rights = rights;
        this.names = names;
        this.organisation = organisation;
        this.accounts = accounts;
        this.clock = clock;
    }

    List<TaskItem> of(List<TaskRow> rows, CurrentUser user) {
        Map<String, List<String>> posts =
                book.candidates(rows.stream().map(TaskRow::id).toList());
        Map<String, TaskItem.UnitRef> units = units(rows);
        Map<String, TaskItem.PersonRef> people = people(rows.stream()
                .map(TaskRow::assignee)
                .filter(java.util.Objects::nonNull)
                .toList());
        Supplier<List<Substitutes.Standing>> standings = SingletonSupplier.of(() -> rights.standings(user));
        Instant now = clock.instant();
        List<TaskItem> items = new ArrayList<>();
        for (TaskRow row : rows) {
            List<String> candidates = posts.getOrDefault(row.id(), List.of());
            items.add(new TaskItem(
                    row.id(),
                    row.key(),
                    names.task(row.process(), row.key()),
                    row.process(),
                    row.caseNumber(),
                    row.title(),
                    row.schoolCode() == null ? null : units.get(row.schoolCode()),
                    row.districtCode() == null ? null : units.get(row.districtCode()),
                    row.assignee() == null ? null : people.get(row.assignee()),
                    candidates,
                    row.urgency().code(),
                    offset(row.createdAt()),
                    row.due().day(),
                    offset(row.due().at()),
                    !row.overdueFrom().isAfter(row.doneAt() == null ? now : row.doneAt()),
                    row.due().provisional(),
                    row.round(),
                    row.version(),
                    offset(row.doneAt()),
                    rights.actions(row, candidates, user, standings)));
        }
        return items;
    }

    TaskItem of(TaskRow row, CurrentUser user) {
        return of(List.of(row), user).get(0);
    }

    /** People by username; somebody whose account is unknown is shown by username. */
    Map<String, TaskItem.PersonRef> people(Collection<String> usernames) {
        Map<String, TaskItem.PersonRef> people = new HashMap<>();
        if (!usernames.isEmpty()) {
            Map<String, String> known = accounts.names(new LinkedHashSet<>(usernames));
            usernames.forEach(username ->
                    people.put(username, new TaskItem.PersonRef(username, known.getOrDefault(username, username))));
        }
        return people;
    }

    TaskItem.PersonRef person(String username) {
        return people(List.of(username)).get(username);
    }

    private Map<String, TaskItem.UnitRef> units(List<TaskRow> rows) {
        Set<String> codes = new LinkedHashSet<>();
        rows.forEach(row -> Stream.of(row.schoolCode(), row.districtCode())
                .filter(java.util.Objects::nonNull)
                .forEach(codes::add));
        Map<String, TaskItem.UnitRef> units = new HashMap<>();
        codes.forEach(code -> units.put(code, new TaskItem.UnitRef(code, code)));
        organisation
                .findAll(codes)
                .forEach(unit -> units.put(unit.code(), new TaskItem.UnitRef(unit.code(), unit.shortName())));
        return units;
    }

    static OffsetDateTime offset(Instant instant) {
        return TaskRow.at(instant);
    }
}
