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

/** The days by which rounds of rectification have to be reported, with the issue's own, the task's and the timer that hang on them. */
@Component
class RoundDueDates implements DueDates {

    private static final List<String> RUNNING = List.of(
            IssueStatus.RECTIFYING.code(), IssueStatus.EXTENSION_REVIEW.code(), IssueStatus.SHELVING_REVIEW.code());

    private final IssueStore store;
    private final ObjectProvider<Inbox> inbox;
    private final Processes processes;
    private final JdbcClient jdbc;

    RoundDueDates(IssueStore store, ObjectProvider<Inbox> inbox, Processes processes, JdbcClient jdbc) {
        this.store = store;
        this.inbox = inbox;
        this.processes = processes;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "round";
    }

    @Override
    public List<String> tasks() {
        return List.of(RectificationRound.RECTIFY_ISSUE);
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenDate> open(LocalDate notBefore, String after, int most) {
        return jdbc.sql("""
                        select r.number, r.due_date, r.due_from, r.due_amount, r.provisional
                          from issue i join issue_round r on r.number = i.number and r.round = i.round
                         where i.status in (:running) and (i.rectification is null or i.rectification <> 'longTerm')
                           and i.due_date >= :notBefore and r.overdue_at is null and r.number > :after
                         order by r.number limit :most
                        """)
                .param("running", RUNNING)
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
                                row.getInt("due_amount"),
                                row.getBoolean("provisional"))))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenDate> lock(String key) {
        Issue issue = store.forChange(key);
        if (!issue.status().isRectifying() || FollowUps.isLongTerm(issue)) {
            return Optional.empty();
        }
        Round round = store.round(issue);
        return round.overdueAt() != null ? Optional.empty() : Optional.of(new OpenDate(key, key, round.due()));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(OpenDate date, Due to) {
        Issue issue = store.forChange(date.key());
        store.moveDueDate(date.key(), store.round(issue).withDue(to));
        inbox.getObject().reschedule(date.key(), RectificationRound.RECTIFY_ISSUE, to);
        // While an answer to a request for more time is owed, the timer rests; the answer sets it by the round's day.
        if (issue.status() == IssueStatus.RECTIFYING) {
            processes.moveTimer(date.key(), RectificationRound.RECTIFICATION_DUE, Extensions.overdueAt(to));
        }
    }
}
