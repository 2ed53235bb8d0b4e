package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Whoever checks a piece of work, or answers for its node, grants or refuses a later day. */
@Component
class DecideLaterDateTask implements YearTask {

    static final String KEY = "decideLaterDate";

    private static final String DATE_GRANTED = "dateGranted";
    private static final int TO_DECIDE = 2;

    private final LaterDates laterDates;
    private final WorkStore works;
    private final YearOffers offers;
    private final MovableClock clock;

    DecideLaterDateTask(LaterDates laterDates, WorkStore works, YearOffers offers, MovableClock clock) {
        this.laterDates = laterDates;
        this.works = works;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public String process() {
        return Diagrams.LATER_DATE;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        return offers.ofWork(work, List.of(offers.overseer(work.number())), offers.withinDays(TO_DECIDE));
    }

    /** The day and the reason that were named. */
    @Override
    public Map<String, Object> formData(String caseNumber) {
        LaterDates.Row asked = asked(caseNumber);
        Map<String, Object> data = new HashMap<>();
        data.put("newDue", asked.wanted().toString());
        return data;
    }

    private LaterDates.Row asked(String caseNumber) {
        return laterDates.asked(caseNumber).orElseThrow(NotFoundException::new);
    }

    /** Nobody decides about his own. */
    @Override
    public void checkAssignee(String caseNumber, CurrentUser candidate) {
        if (laterDates
                .asked(caseNumber)
                .filter(asked -> asked.by().equals(candidate.username()))
                .isPresent()) {
            throw ValidationException.of("username", "own", "campaign.problem.ownDate");
        }
    }

    @Override
    public void check(TaskSubmission submission) {
        if (!grants(submission)) {
            if (submission.text("reason") == null) {
                throw ValidationException.of("reason", "required", "campaign.problem.refuseReason");
            }
            return;
        }
        LocalDate named = submission.day("newDue");
        WorkRow work = works.find(submission.task().caseNumber());
        if (named != null && (named.isBefore(clock.today()) || !named.isAfter(work.dueOn()))) {
            throw ValidationException.of("newDue", "past", "campaign.problem.laterDate");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        String number = submission.task().caseNumber();
        LaterDates.Row asked = asked(number);
        boolean grants = grants(submission);
        LocalDate named = submission.day("newDue");
        LocalDate granted = grants ? named == null ? asked.wanted() : named : null;
        laterDates.decide(
                asked,
                works.find(number),
                granted,
                submission.text("reason"),
                submission.user().username(),
                clock.instant());
        return Map.of(DATE_GRANTED, grants);
    }

    private static boolean grants(TaskSubmission submission) {
        return "grant".equals(submission.text("decision"));
    }
}
