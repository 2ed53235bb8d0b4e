package org.manyi.issue.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What {@code co-handling.bpmn} calls; every method is named like its element. */
@Component("coHandlingSteps")
public class CoHandlingSteps {

    private final IssueStore store;
    private final CoHandling coHandling;

    CoHandlingSteps(IssueStore store, CoHandling coHandling) {
        this.store = store;
        this.coHandling = coHandling;
    }

    /** The unit need not hand its part in any more. */
    public void withdrawContribution(DelegateExecution execution) {
        Issue issue = store.forChange(execution.getProcessBusinessKey());
        coHandling.withdraw(issue, (String) execution.getVariable(CoHandlingProcess.UNIT_CODE));
    }
}
