package org.manyi.notification.process;

import java.time.LocalDate;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.notification.Digests;
import org.springframework.stereotype.Component;

/** The steps of {@code deadline-reminders}. */
@Component
public class DeadlineRemindersSteps {

    private static final String RUN_DATE = "runDate";
    private static final String RECIPIENTS_LEFT = "recipientsLeft";

    private final Digests digests;

    DeadlineRemindersSteps(Digests digests) {
        this.digests = digests;
    }

    /** Works out who is reminded today; writes the variable {@code runDate}. */
    public void planDigests(DelegateExecution execution) {
        execution.setVariable(RUN_DATE, digests.plan().toString());
    }

    /** Writes the mails of one batch of people; writes the variable {@code recipientsLeft}. */
    public void writeDigests(DelegateExecution execution) {
        LocalDate day = LocalDate.parse((String) execution.getVariable(RUN_DATE));
        execution.setVariable(RECIPIENTS_LEFT, digests.writeBatch(day));
    }
}
