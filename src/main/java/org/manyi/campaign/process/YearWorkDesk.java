package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.campaign.YearWork;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes in what is asked of a piece of work outside its tasks. */
@Service
@Transactional
class YearWorkDesk implements YearWork {

    private static final String CASE = "case";
    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_REPORT = 2000;

    private final WorkStore works;
    private final LaterDates laterDates;
    private final YearOffers offers;
    private final DoWorkTask doWork;
    private final CaseAccess access;
    private final Inbox inbox;
    private final EvidenceStore evidence;
    private final Processes processes;
    private final MovableClock clock;

    YearWorkDesk(
            WorkStore works,
            LaterDates laterDates,
            YearOffers offers,
            DoWorkTask doWork,
            CaseAccess access,
            Inbox inbox,
            EvidenceStore evidence,
            Processes processes,
            MovableClock clock) {
        this.works = works;
        this.laterDates = laterDates;
        this.offers = offers;
        this.doWork = doWork;
        this.access = access;
        this.inbox = inbox;
        this.evidence = evidence;
        this.processes = processes;
        this.clock = clock;
    }

    /** The work, locked; it is to be done now. */
    private WorkRow toDo(String number, CurrentUser user) {
        access.require(user, number);
        access.lock(number);
        WorkRow work = works.find(number);
        if (!work.isToDo()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.workNotOpen");
        }
        return work;
    }

    @Override
    public void askLaterDate(String number, LocalDate until, String reason, CurrentUser user) {
        WorkRow work = toDo(number, user);
        require(doesIt(work, user));
        if (laterDates.asked(number).isPresent()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.laterDateAsked");
        }
        if (until == null || !until.isAfter(work.dueOn()) || until.isBefore(clock.today())) {
            throw ValidationException.of("until", "past", "campaign.problem.laterDate");
        }
        String why = words("reason", reason, LONGEST_REASON, "campaign.problem.laterDateReason");
        boolean over = clock.today().isAfter(work.dueOn());
        laterDates.ask(work, until, why, over, user.username(), clock.instant());
        processes.start(Diagrams.LATER_DATE, number, Map.of());
    }

    @Override
    public void register(String number, String report, List<String> files, CurrentUser user) {
        WorkRow work = toDo(number, user);
        require(oversees(work, user) && !doesIt(work, user));
        String what = words("report", report, LONGEST_REPORT, "campaign.problem.report");
        doWork.requireEvidence(work, files);
        evidence.handOver("files", files, EvidenceStore.DRAFT, user.username(), CASE, number);
        Map<String, Object> variables = doWork.handIn(work, what, files, true, user.username());
        inbox.settle(number, DoWorkTask.KEY, variables, user);
    }

    @Override
    @Transactional(readOnly = true)
    public Rights rights(String number, CurrentUser user) {
        access.require(user, number);
        WorkRow work = works.find(number);
        boolean does = doesIt(work, user);
        return new Rights(
                work.isToDo() && does && laterDates.asked(number).isEmpty(),
                work.isToDo() && !does && oversees(work, user));
    }

    /** A unit or a post of its own; who answers for a node moves its day in the plan. */
    private boolean doesIt(WorkRow work, CurrentUser user) {
        return work.number().doer() != null && !work.number().isLedger() && holdsOne(offers.doers(work.number()), user);
    }

    private boolean oversees(WorkRow work, CurrentUser user) {
        return work.number().doer() != null
                && !work.number().isLedger()
                && (holdsOne(offers.colleagues(offers.overseer(work.number())), user)
                        || holdsOne(offers.colleagues(offers.owner(work.number())), user));
    }

    private static boolean holdsOne(Collection<String> posts, CurrentUser user) {
        Set<String> held = user.postKeys();
        return posts.stream().anyMatch(held::contains);
    }

    private static void require(boolean may) {
        if (!may) {
            throw new ForbiddenException("campaign.problem.workForbidden");
        }
    }

    static String words(String field, String typed, int longest, String missing) {
        if (typed == null || typed.isBlank()) {
            throw ValidationException.of(field, "required", missing);
        }
        if (!Texts.storable(typed)) {
            throw ValidationException.of(field, "malformed", "shared.field.malformed");
        }
        if (typed.strip().length() > longest) {
            throw ValidationException.of(field, "length", "campaign.problem.length", longest);
        }
        return typed.strip();
    }
}
