package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.SchoolLedger;
import org.manyi.campaign.WorkEvent;
import org.manyi.campaign.WorkItem;
import org.manyi.campaign.WorkState;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the schools' ledgers of work. */
@Service
@Transactional
class LedgerDesk implements SchoolLedger {

    /** The phase of what belongs to none. */
    static final String PHASE = "ledger";

    private static final int LONGEST_CONTENT = 100;
    private static final int LONGEST_WORDS = 500;
    private static final int LONGEST_PERSON = 60;

    private final Campaigns campaigns;
    private final CampaignRecords records;
    private final WorkStore works;
    private final YearPlans plans;
    private final YearOffers offers;
    private final Organisation organisation;
    private final Visibility visibility;
    private final CaseAccess access;
    private final GapFreeNumbers numbers;
    private final Processes processes;
    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    LedgerDesk(
            Campaigns campaigns,
            CampaignRecords records,
            WorkStore works,
            YearPlans plans,
            YearOffers offers,
            Organisation organisation,
            Visibility visibility,
            CaseAccess access,
            GapFreeNumbers numbers,
            Processes processes,
            Inbox inbox,
            JdbcClient jdbc,
            MovableClock clock) {
        this.campaigns = campaigns;
        this.records = records;
        this.works = works;
        this.plans = plans;
        this.offers = offers;
        this.organisation = organisation;
        this.visibility = visibility;
        this.access = access;
        this.numbers = numbers;
        this.processes = processes;
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Ledger of(String campaign, String school, CurrentUser user) {
        CampaignItem year = campaigns.find(campaign, user).item();
        Unit unit = organisation
                .find(school)
                .filter(found -> found.type() == UnitType.SCHOOL)
                .orElseThrow(NotFoundException::new);
        CaseAccess.Condition seen = access.condition(user, "w.number");
        List<Item> items = jdbc.sql("""
                        select w.*, l.measure, l.person from campaign_ledger l join campaign_work w on w.number = l.number
                        where w.campaign_id = :campaign and w.unit_code = :school and %s
                        order by case when w.state in ('done', 'withdrawn') then 1 else 0 end, w.due_on, w.occurrence
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("campaign", campaign)
                .param("school", school)
                .query((row, n) -> new Item(
                        WorkStore.row(row).item(clock.today()), row.getString("measure"), row.getString("person")))
                .list();
        if (items.isEmpty() && !visibility.covers(user, school) && !ofSchool(school, user)) {
            throw new NotFoundException();
        }
        return new Ledger(
                year,
                unit.code(),
                unit.name(),
                items,
                (int) items.stream()
                        .filter(item -> item.work().state() == WorkState.DONE)
                        .count(),
                (int) items.stream()
                        .map(Item::work)
                        .filter(work -> work.state() != WorkState.WITHDRAWN)
                        .filter(WorkItem::late)
                        .count(),
                year.state() == CampaignState.RUNNING && ofSchool(school, user));
    }

    private boolean ofSchool(String school, CurrentUser user) {
        Set<String> held = user.postKeys();
        return offers.unit(school).stream().anyMatch(held::contains);
    }

    @Override
    public String add(String campaign, String school, Entry entry, CurrentUser user) {
        Ledger ledger = of(campaign, school, user);
        if (!ofSchool(school, user)) {
            throw new ForbiddenException("campaign.problem.ledgerForbidden");
        }
        if (ledger.campaign().state() != CampaignState.RUNNING) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.notRunning");
        }
        Entry read = read(entry, clock.today());
        int place = (int) numbers.next("ledger-" + campaign + "-" + school);
        WorkNumber number = new WorkNumber(campaign, WorkNumber.LEDGER, place, school);
        works.insert(WorkRow.planned(
                number,
                PHASE,
                read.content(),
                clock.today(),
                read.due(),
                false,
                true,
                records.campaign(campaign).planVersion()));
        jdbc.sql("insert into campaign_ledger (number, measure, person) values (:number, :measure, :person)")
                .param("number", number.toString())
                .param("measure", read.measure())
                .param("person", read.person())
                .update();
        access.open(
                number.toString(),
                Set.of(school),
                offers.overseers(number, plans.of(campaign).plan()));
        works.enter(new WorkEvent.LedgerItemAdded(clock.instant(), user.username(), number.toString()), read.content());
        processes.start(Diagrams.WORK_ITEM, number.toString(), Map.of());
        return number.toString();
    }

    @Override
    public void change(String number, Entry entry, CurrentUser user) {
        WorkRow work = toDo(number, user);
        Entry read = read(entry, clock.today().isAfter(work.dueOn()) ? work.dueOn() : clock.today());
        jdbc.sql("update campaign_work set name = :name, due_on = :due, late = :late where number = :number")
                .param("name", read.content())
                .param("due", read.due())
                .param("late", work.late() || clock.today().isAfter(work.dueOn()))
                .param("number", number)
                .update();
        jdbc.sql("update campaign_ledger set measure = :measure, person = :person where number = :number")
                .param("measure", read.measure())
                .param("person", read.person())
                .param("number", number)
                .update();
        inbox.reschedule(number, DoWorkTask.KEY, offers.onDayOf(works.find(number)));
        works.enter(
                new WorkEvent.LedgerItemChanged(clock.instant(), user.username(), number, work.dueOn(), read.due()),
                read.content());
    }

    @Override
    public void withdraw(String number, String reason, CurrentUser user) {
        toDo(number, user);
        String why = YearWorkDesk.words("reason", reason, LONGEST_WORDS, "campaign.problem.withdrawReason");
        works.withdraw(number, why, user.username(), clock.instant());
        processes.tell(Diagrams.WORK_WITHDRAWN, number);
    }

    private WorkRow toDo(String number, CurrentUser user) {
        access.require(user, number);
        WorkNumber named = WorkNumber.of(number);
        if (!named.isLedger() || !ofSchool(named.unit(), user)) {
            throw new ForbiddenException("campaign.problem.ledgerForbidden");
        }
        access.lock(number);
        WorkRow work = works.find(number);
        if (!work.isToDo()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.workNotOpen");
        }
        return work;
    }

    private static Entry read(Entry entry, LocalDate earliest) {
        if (entry.due() == null || entry.due().isBefore(earliest)) {
            throw ValidationException.of("due", "past", "campaign.problem.newDue");
        }
        return new Entry(
                YearWorkDesk.words("content", entry.content(), LONGEST_CONTENT, "campaign.problem.ledgerContent"),
                YearWorkDesk.words("measure", entry.measure(), LONGEST_WORDS, "campaign.problem.ledgerMeasure"),
                YearWorkDesk.words("person", entry.person(), LONGEST_PERSON, "campaign.problem.ledgerPerson"),
                entry.due());
    }
}
