package org.manyi.inbox;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who may be spoken to about a case: only people who may see it as it is, so that a question or a mention opens nothing to anybody. */
@Repository
class CasePeople {

    /** More than anybody would look through. */
    private static final int MOST_OFFERED = 200;

    private static final int MOST_MENTIONED = 20;

    private final JdbcClient jdbc;
    private final TaskHandlers handlers;
    private final CaseAccessBook access;
    private final Organisation organisation;
    private final Accounts accounts;
    private final CurrentUsers users;
    private final MovableClock clock;

    CasePeople(
            JdbcClient jdbc,
            TaskHandlers handlers,
            CaseAccessBook access,
            Organisation organisation,
            Accounts accounts,
            CurrentUsers users,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.handlers = handlers;
        this.access = access;
        this.organisation = organisation;
        this.accounts = accounts;
        this.users = users;
        this.clock = clock;
    }

    /**
     * The people of one's own units, those of the posts that have or had a task of the case or supervise this one, and those who did or said
     * something in it; of all these who may see the case today, but for the person himself, by name.
     */
    List<Colleague> of(TaskRow task, CurrentUser user) {
        Set<String> posts = new LinkedHashSet<>(handlers.of(task.process()).supervisorPosts(task.ref()));
        posts.addAll(jdbc.sql("select distinct post_key from inbox_candidate where case_number = :case")
                .param("case", task.caseNumber())
                .query(String.class)
                .list());
        if (!user.unitCodes().isEmpty()) {
            posts.addAll(jdbc.sql("select post_key from org_post where unit_code in (:units)")
                    .param("units", user.unitCodes())
                    .query(String.class)
                    .list());
        }
        Set<String> people = new TreeSet<>(organisation.holders(posts));
        people.addAll(jdbc.sql("""
                        select assignee from inbox_task where case_number = :case and assignee is not null
                        union select done_by from inbox_task where case_number = :case and done_by is not null
                        union select author from inbox_comment where case_number = :case
                        """)
                .param("case", task.caseNumber())
                .query(String.class)
                .list());
        people.remove(user.username());
        Set<String> sure = seeByPost(task.caseNumber());
        Map<String, String> units = units(people);
        return accounts.findAll(people).stream()
                .filter(Accounts.Account::active)
                .filter(one -> sure.contains(one.username()) || sees(one.username(), task.caseNumber()))
                .map(one -> new Colleague(one.username(), one.name(), units.getOrDefault(one.username(), "")))
                .sorted(Comparator.comparing(Colleague::name).thenComparing(Colleague::username))
                .limit(MOST_OFFERED)
                .toList();
    }

    /** Whom a case that hides from nobody is shown to for their posts; they need not be asked about one by one. */
    private Set<String> seeByPost(String caseNumber) {
        return organisation.holders(
                jdbc.sql("""
                        select p.post_key from inbox_case_post p
                          join inbox_case c on c.case_number = p.case_number and c.restricted = false
                         where p.case_number = :case
                        """).param("case", caseNumber).query(String.class).list());
    }

    private boolean sees(String username, String caseNumber) {
        return access.visible(users.byUsername(username), caseNumber);
    }

    private Map<String, String> units(Collection<String> usernames) {
        Map<String, String> units = new HashMap<>();
        if (!usernames.isEmpty()) {
            jdbc.sql("""
                            select distinct h.username, u.short_name from org_holding h
                              join org_post p on p.post_key = h.post_key
                              join org_unit u on u.code = p.unit_code
                             where h.username in (:people) and h.substitute_for is null
                               and (h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)
                             order by h.username, u.short_name
                            """)
                    .param("people", usernames)
                    .param("today", clock.today())
                    .query(row -> {
                        units.merge(
                                row.getString("username"),
                                row.getString("short_name"),
                                (all, next) -> all + " / " + next);
                    });
        }
        return units;
    }

    /**
     * The people whom a remark mentions, as they may be stored: without doubles and without its author.
     *
     * @param mentioned usernames as sent, null for none
     * @throws ValidationException with field {@code mentions} for more than 20, for somebody unknown or gone, and for somebody who may not see
     *     the case
     */
    Set<String> mentionable(Collection<String> mentioned, String caseNumber, CurrentUser user) {
        Set<String> told = new LinkedHashSet<>();
        for (String sent : mentioned == null ? List.<String>of() : mentioned) {
            if (sent == null || sent.isBlank()) {
                continue;
            }
            String username = sent.strip();
            if (!Texts.storable(username)
                    || !accounts.find(username).map(Accounts.Account::active).orElse(false)) {
                throw ValidationException.of("mentions", "unknown", "shared.field.unknown");
            }
            if (!sees(username, caseNumber)) {
                throw ValidationException.of("mentions", "unseen", "inbox.field.mentionUnseen", username);
            }
            told.add(username);
            if (told.size() > MOST_MENTIONED) {
                throw ValidationException.of("mentions", "tooMany", "inbox.field.mentionMany", MOST_MENTIONED);
            }
        }
        told.remove(user.username());
        return told;
    }
}
