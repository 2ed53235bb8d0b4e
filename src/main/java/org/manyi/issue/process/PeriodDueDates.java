package org.manyi.issue.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.manyi.calendar.Due;
import org.manyi.calendar.DueDates;
import org.manyi.engine.Processes;
import org.manyi.inbox.Inbox;
import org.manyi.issue.IssueStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The days by which long-term matters have to be reported on, with the round's and the issue's own, the task's and the timer that hang on
 * them. They are days of the month, and move on where they have become days off.
 */
@Component
class PeriodDueDates implements DueDates {

    private final IssueStore store;
    private final FollowUps followUps;
    private final ObjectProvider<Inbox> inbox;
    private final Processes processes;
    private final JdbcClient jdbc;

    PeriodDueDates(
            IssueStore store, FollowUps followUps, ObjectProvider<Inbox> inbox, Processes processes, JdbcClient jdbc) {
        this.store = store;
        this.followUps = followUps;
        this.inbox = inbox;
        this.processes = processes;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "period";
    }

    @Override
    public List<String> tasks() {
        return List.of(LongTermFollowUp.REPORT_PROGRESS);
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenDate> open(LocalDate notBefore, String after, int most) {
        return jdbc.sql("""
                        select p.number, p.due_date, p.due_from, p.provisional
                          from issue i join issue_period p on p.number = i.number and p.round = i.round and p.state = 'open'
                         where i.status = :rectifying and p.due_date >= :notBefore and p.number > :after
                         order by p.number limit :most
                        """)
                .param("rectifying", IssueStatus.RECTIFYING.code())
                .param("notBefore", notBefore)
                .param("after", after)
                .param("most", most)
                .query((row, n) -> new OpenDate(
                        row.getString("number"),
                        row.getString("number"),
                        new Due(
                                Columns.day(row, "due_date"),
                                null,
                                Columns.day(row, "due_from"),
                                0,
                                row.getBoolean("provisional"))))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenDate> lock(String key) {
        Issue issue = store.forChange(key);
        return issue.status() == IssueStatus.RECTIFYING && FollowUps.isLongTerm(issue)
                ? followUps
                        .current(issue)
                        .filter(period -> period.state().equals("open"))
                        .map(period -> new OpenDate(key, key, period.due()))
                : Optional.empty();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(OpenDate date, Due to) {
        followUps.move(store.forChange(date.key()), to);
        inbox.getObject().reschedule(date.key(), LongTermFollowUp.REPORT_PROGRESS, to);
        processes.moveTimer(date.key(), LongTermFollowUp.REPORT_MISSED, Extensions.overdueAt(to));
    }
}
