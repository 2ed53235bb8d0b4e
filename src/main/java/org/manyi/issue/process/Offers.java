package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.TaskOffer;
import org.manyi.org.Organisation;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Composes offers: to whom a task goes and by when. */
@Component
class Offers {

    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final MovableClock clock;

    Offers(Organisation organisation, WorkingDays workingDays, MovableClock clock) {
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.clock = clock;
    }

    TaskOffer offer(Issue issue, List<String> posts, Due due) {
        return new TaskOffer(posts, due, issue.facts().title(), issue.facts().schoolCode(), issue.urgency(), null);
    }

    TaskOffer offerInRound(Issue issue, List<String> posts, Due due) {
        return new TaskOffer(
                posts, due, issue.facts().title(), issue.facts().schoolCode(), issue.urgency(), issue.round());
    }

    /** Counted from the day on which what arises now counts as received. */
    Due withinDays(int days) {
        return workingDays.plus(workingDays.receivedOn(clock.instant()), days);
    }

    Due withinHours(int hours) {
        Instant now = clock.instant();
        return workingDays.plusHours(now, hours);
    }

    Due withinDaysFrom(LocalDate day, int days) {
        return workingDays.plus(day, days);
    }

    /** Whoever takes work on a unit. */
    List<String> unit(String unit) {
        return organisation.workPosts(unit);
    }

    /** The staff of a department, who are not its head alone. */
    List<String> staff(String department) {
        String charge = organisation.chargePost(department);
        return organisation.workPosts(department).stream()
                .filter(post -> !post.equals(charge))
                .toList();
    }
}
