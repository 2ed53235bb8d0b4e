package org.manyi.inbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The open tasks that are somebody's own or wait for his posts. Of a protected matter it says what a mail says: that there is one. */
@Component
class TaskDeadlines implements UpcomingDeadlines {

    private final TaskLists lists;
    private final CaseAccessBook access;
    private final TaskNames names;
    private final Organisation organisation;
    private final MessageSource messages;

    TaskDeadlines(
            TaskLists lists,
            CaseAccessBook access,
            TaskNames names,
            Organisation organisation,
            MessageSource messages) {
        this.lists = lists;
        this.access = access;
        this.names = names;
        this.organisation = organisation;
        this.messages = messages;
    }

    @Override
    public List<Deadline> of(CurrentUser user, int most) {
        List<TaskRow> tasks = lists.own(user, most);
        Set<String> bare = access.protectedAmong(
                tasks.stream().map(TaskRow::caseNumber).distinct().toList());
        Map<String, String> schools =
                organisation
                        .findAll(tasks.stream()
                                .map(TaskRow::schoolCode)
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList())
                        .stream()
                        .collect(Collectors.toMap(Unit::code, Unit::shortName));
        return tasks.stream()
                .map(task -> bare.contains(task.caseNumber())
                        ? deadline(task, text("inbox.calendar.protected"), List.of())
                        : deadline(
                                task,
                                text("inbox.calendar.task", step(task), task.title()),
                                Stream.of(task.caseNumber(), schools.get(task.schoolCode()))
                                        .filter(Objects::nonNull)
                                        .toList()))
                .toList();
    }

    private static Deadline deadline(TaskRow task, String title, List<String> details) {
        return new Deadline("task-" + task.id(), title, details, task.due(), "/tasks/" + task.id());
    }

    private String step(TaskRow task) {
        String name = names.task(task.process(), task.key());
        return task.round() != null && task.round() > 1 ? text("inbox.step.round", name, task.round()) : name;
    }

    private String text(String key, Object... args) {
        Locale locale = LocaleContextHolder.getLocale();
        return messages.getMessage(key, args, locale);
    }
}
