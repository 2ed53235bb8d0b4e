package org.manyi.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.runtime.Job;
import org.manyi.engine.EngineClock;
import org.manyi.inbox.Inbox;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.org.Organisation;
import org.manyi.rehearsal.Rehearsal;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The people of the bureau doing their parts, at a time of the test's choosing. */
@Component
class Bureau {

    private final Issues issues;
    private final Inbox inbox;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final EngineClock engineClock;
    private final MovableClock clock;
    private final Rehearsal rehearsal;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private Date reminderBefore;

    Bureau(
            Issues issues,
            Inbox inbox,
            Organisation organisation,
            CurrentUsers users,
            EngineClock engineClock,
            MovableClock clock,
            Rehearsal rehearsal,
            ManagementService management,
            JdbcClient jdbc) {
        this.issues = issues;
        this.inbox = inbox;
        this.organisation = organisation;
        this.users = users;
        this.engineClock = engineClock;
        this.clock = clock;
        this.rehearsal = rehearsal;
        this.management = management;
        this.jdbc = jdbc;
    }

    /** Opens the bureau at a time in the past; the first daily reminder comes at half past seven of the next day. */
    void open(LocalDateTime at) {
        jdbc.sql("delete from notification_digest").update();
        jdbc.sql("delete from notification_run").update();
        reminderBefore = reminder().getDuedate();
        move(Duration.between(clock.system().instant(), instant(at)));
        remindAt(at.toLocalDate().plusDays(1).atTime(7, 30));
    }

    /** Lets time pass up to then; everything due on the way happens in its order. */
    void passUntil(LocalDateTime at) {
        rehearsal.moveTo(instant(at));
    }

    /** Lets time pass while the reminder stands still, and runs it then. */
    void standStillUntil(LocalDateTime at) {
        remindAt(at);
        rehearsal.moveTo(instant(at));
    }

    /** Goes back to the present. */
    void close() {
        move(Duration.ZERO);
        management.setJobDuedate(reminder().getId(), reminderBefore);
    }

    /** Registers an issue; answers its number. */
    String raise(String by, NewIssue issue) {
        return users.runAs(by, () -> issues.raise(issue, users.require()).number());
    }

    /** Completes the open task of this key of the case, as somebody whose task it is; answers who that was. */
    String complete(String number, String key, Map<String, Object> values) {
        String username = holders(task(number, key)).iterator().next();
        complete(number, key, username, values);
        return username;
    }

    void complete(String number, String key, String username, Map<String, Object> values) {
        String task = task(number, key);
        users.runAs(username, () -> {
            CurrentUser me = users.require();
            return inbox.complete(task, inbox.form(task, me).version(), values, me);
        });
    }

    /** Hands a task over. */
    void assign(String number, String key, String from, String to) {
        users.runAs(from, () -> inbox.assign(task(number, key), to, "请你来办", users.require()));
    }

    /** Asks for three more working days in the current round. */
    void askForTime(String number, String username) {
        users.runAs(username, () -> {
            CurrentUser me = users.require();
            int version = issues.find(number, me).version();
            return issues.requestExtension(number, version, 3, "材料采购需要时间", me);
        });
    }

    /** The id of the case's open task of this key. */
    String task(String number, String key) {
        return jdbc.sql(
                        "select task_id from inbox_task where case_number = :number and task_key = :key and state = 'open'")
                .param("number", number)
                .param("key", key)
                .query(String.class)
                .single();
    }

    /** Whose task it is: its assignee, else the holders of its posts. */
    Set<String> holders(String taskId) {
        List<String> assignee = jdbc.sql("select assignee from inbox_task where task_id = :id and assignee is not null")
                .param("id", taskId)
                .query(String.class)
                .list();
        return assignee.isEmpty()
                ? organisation.holders(jdbc.sql("select post_key from inbox_candidate where task_id = :id")
                        .param("id", taskId)
                        .query(String.class)
                        .list())
                : Set.copyOf(assignee);
    }

    /** Backwards too, which no rehearsal does; in the database as well, which every node follows. */
    private void move(Duration offset) {
        jdbc.sql("update clock set offset_millis = :offset")
                .param("offset", offset.toMillis())
                .update();
        engineClock.moveTo(Duration.ofMillis(offset.toMillis()));
    }

    private void remindAt(LocalDateTime at) {
        management.setJobDuedate(reminder().getId(), Date.from(instant(at)));
    }

    private Job reminder() {
        return management
                .createJobQuery()
                .processDefinitionKey("deadline-reminders")
                .timers()
                .singleResult();
    }

    private static Instant instant(LocalDateTime at) {
        return at.atZone(MovableClock.ZONE).toInstant();
    }
}
