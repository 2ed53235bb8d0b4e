package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.manyi.calendar.Due;
import org.manyi.calendar.DueDates;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.WorkState;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The days of the work of running years, worked out by the plan's rule. A day that a person has named, such as a later one that was
 * granted or that of a school's own entry, has no rule; it moves on where it has become a day off.
 */
@Component
class WorkDueDates implements DueDates {

    /** The tasks that have the work's day. */
    static final List<String> TASKS = List.of(DoWorkTask.KEY, EnterExternalResultsTask.KEY);

    private final JdbcClient jdbc;
    private final WorkStore works;
    private final CampaignRecords records;
    private final YearOffers offers;
    private final ObjectProvider<Inbox> inbox;
    private final CaseAccess access;

    WorkDueDates(
            JdbcClient jdbc,
            WorkStore works,
            CampaignRecords records,
            YearOffers offers,
            ObjectProvider<Inbox> inbox,
            CaseAccess access) {
        this.jdbc = jdbc;
        this.works = works;
        this.records = records;
        this.offers = offers;
        this.inbox = inbox;
        this.access = access;
    }

    @Override
    public String name() {
        return "work";
    }

    @Override
    public List<String> tasks() {
        return TASKS;
    }

    @Override
    @Transactional(readOnly = true)
    public List<OpenDate> open(LocalDate notBefore, String after, int most) {
        return jdbc
                .sql("""
                        select w.* from campaign_work w join campaign c on c.id = w.campaign_id
                        where c.state = :running and w.state in ('planned', 'open', 'returned') and w.due_on >= :notBefore
                            and w.number > :after
                        order by w.number limit :most
                        """)
                .param("running", CampaignState.RUNNING.code())
                .param("notBefore", notBefore)
                .param("after", after)
                .param("most", most)
                .query((row, n) -> WorkStore.row(row))
                .list()
                .stream()
                .map(this::date)
                .toList();
    }

    private OpenDate date(WorkRow work) {
        String number = work.number().toString();
        return new OpenDate(number, number, offers.onDayOf(work));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<OpenDate> lock(String key) {
        access.lock(key);
        WorkRow work = works.find(key);
        return work.isToDo() || work.state() == WorkState.PLANNED ? Optional.of(date(work)) : Optional.empty();
    }

    @Override
    public Recounting recounting(WorkingDays calendar) {
        PlannedDays planned = new PlannedDays(PlanDays.by(calendar), records);
        return date -> {
            WorkRow work = works.find(date.key());
            // Who sent it back named the day until which it is to be done again.
            boolean named = work.ownDay() || work.state() == WorkState.RETURNED;
            return named
                    ? Optional.empty()
                    : planned.of(work)
                            .map(day -> new Due(day.due(), null, date.due().from(), 0, day.provisional()));
        };
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void move(OpenDate date, Due to) {
        works.redate(date.key(), to.day(), to.provisional());
        Due moved = offers.onDayOf(works.find(date.key()));
        TASKS.forEach(task -> inbox.getObject().reschedule(date.key(), task, moved));
    }
}
