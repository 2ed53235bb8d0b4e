package org.manyi.campaign.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.inbox.Inbox;
import org.springframework.stereotype.Component;

/** The steps of {@code later-date}. */
@Component
public class LaterDateSteps {

    private final LaterDates laterDates;
    private final WorkStore works;
    private final YearOffers offers;
    private final Inbox inbox;

    LaterDateSteps(LaterDates laterDates, WorkStore works, YearOffers offers, Inbox inbox) {
        this.laterDates = laterDates;
        this.works = works;
        this.offers = offers;
        this.inbox = inbox;
    }

    /** Gives the work and its task the day that was granted; asked when the day was over, it stays late. */
    public void grantLaterDate(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        LaterDates.Row granted = laterDates.granted(number).orElseThrow();
        works.nameDay(works.find(number), granted.granted(), granted.afterDue());
        inbox.reschedule(number, DoWorkTask.KEY, offers.onDayOf(works.find(number)));
    }

    /** The work was handed in, or is not wanted any more, before it was decided. */
    public void dropLaterDate(DelegateExecution execution) {
        laterDates.drop(execution.getProcessBusinessKey());
    }
}
