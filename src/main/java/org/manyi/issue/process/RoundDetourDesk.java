package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskItem.UnitRef;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.RoundDetours;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The desk for the detours of a round. */
@Service
@Transactional
class RoundDetourDesk implements RoundDetours {

    private static final int SHOWN = 100;

    private final JdbcClient jdbc;
    private final IssueStore store;
    private final IssueDetails details;
    private final Shelvings shelvings;
    private final CoHandling coHandling;
    private final FollowUps followUps;
    private final UnitChoice choice;
    private final CaseAccess access;
    private final MovableClock clock;

    RoundDetourDesk(
            JdbcClient jdbc,
            IssueStore store,
            IssueDetails details,
            Shelvings shelvings,
            CoHandling coHandling,
            FollowUps followUps,
            UnitChoice choice,
            CaseAccess access,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.details = details;
        this.shelvings = shelvings;
        this.coHandling = coHandling;
        this.followUps = followUps;
        this.choice = choice;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public IssueDetail shelve(String number, int version, String reason, LocalDate reviewOn, CurrentUser user) {
        shelvings.ask(forChange(number, user), version, reason, reviewOn, user);
        return details.of(store.find(number), user);
    }

    @Override
    public IssueDetail resume(String number, int version, String reason, CurrentUser user) {
        shelvings.resumeEarly(forChange(number, user), version, reason, user);
        return details.of(store.find(number), user);
    }

    @Override
    public IssueDetail addCoUnit(String number, int version, String unitCode, String reason, CurrentUser user) {
        coHandling.add(forChange(number, user), version, unitCode, reason, user);
        return details.of(store.find(number), user);
    }

    @Override
    public IssueDetail completeStage(String number, int version, String reason, CurrentUser user) {
        followUps.completeAtOnce(forChange(number, user), version, reason, user);
        coHandling.close(number);
        return details.of(store.find(number), user);
    }

    private Issue forChange(String number, CurrentUser user) {
        if (!Texts.storable(number)) {
            throw new NotFoundException();
        }
        access.require(user, number);
        return store.forChange(number);
    }

    @Override
    @Transactional(readOnly = true)
    public List<UnitRef> unitsToHelp(String number, CurrentUser user) {
        access.require(user, number);
        Issue issue = store.find(number);
        Set<String> at = Stream.concat(Stream.of(issue.leadUnit()), issue.coUnits().stream())
                .collect(Collectors.toSet());
        return choice.units(issue).stream()
                .filter(option -> !at.contains(option.value()))
                .map(option -> new UnitRef(option.value(), option.label()))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Shelf shelf(CurrentUser user) {
        CaseAccess.Condition visible = access.condition(user, "i.number");
        String where = " where i.status = 'shelved' and " + visible.sql();
        long count = jdbc.sql("select count(*) from issue i" + where)
                .params(visible.params())
                .query(Long.class)
                .single();
        if (count == 0) {
            return new Shelf(0, List.of());
        }
        // It has rested since the last time that it was not on the shelf.
        List<OnTheShelf> items = jdbc.sql(
                        """
                        select i.number, i.title, i.department, p.short_name as department_name, i.lead_unit,
                               l.short_name as lead_name, s.review_on,
                               (select max(h.happened_at) from issue_history h
                                 where h.number = i.number and h.to_status = 'shelved' and h.from_status <> 'shelved') as since
                          from issue i
                          join issue_shelving s on s.number = i.number and s.state = 'shelved'
                          left join org_unit p on p.code = i.department
                          left join org_unit l on l.code = i.lead_unit
                        """ + where + " order by s.review_on, i.number fetch first " + SHOWN + " rows only")
                .params(visible.params())
                .query((row, n) -> {
                    Instant since = Columns.instant(row, "since");
                    return new OnTheShelf(
                            row.getString("number"),
                            row.getString("title"),
                            new UnitRef(row.getString("department"), row.getString("department_name")),
                            new UnitRef(row.getString("lead_unit"), row.getString("lead_name")),
                            Columns.timestamp(since),
                            (int) ChronoUnit.DAYS.between(LocalDate.ofInstant(since, MovableClock.ZONE), clock.today()),
                            Columns.day(row, "review_on"));
                })
                .list();
        return new Shelf(count, items);
    }
}
