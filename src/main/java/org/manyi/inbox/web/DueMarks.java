package org.manyi.inbox.web;

import java.time.Instant;
import java.time.LocalDate;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.Due;
import org.manyi.inbox.TaskItem;
import org.springframework.stereotype.Component;

/** Due dates as people say them. */
@Component
class DueMarks {

    private final DateTexts dates;

    DueMarks(DateTexts dates) {
        this.dates = dates;
    }

    /**
     * A due date with its mark.
     *
     * @param state {@code late}, {@code soon} or {@code later}
     * @param text by when
     * @param left how much is left, or how late it is
     * @param exact the exact day or instant
     */
    record DueMark(String state, String text, String left, String exact) {}

    DueMark of(TaskItem item) {
        return of(item.dueDate(), item.dueAt() == null ? null : item.dueAt().toInstant(), item.provisional());
    }

    DueMark of(Due due) {
        return of(due.day(), due.at(), due.provisional());
    }

    private DueMark of(LocalDate day, Instant at, boolean provisional) {
        String state =
                switch (dates.standing(day, at)) {
                    case OVERDUE -> "late";
                    case TODAY, SOON -> "soon";
                    case LATER -> "later";
                };
        return new DueMark(
                state,
                dates.due(day, at, provisional),
                dates.left(day, at),
                at == null ? dates.exact(day) : dates.exact(at));
    }
}
