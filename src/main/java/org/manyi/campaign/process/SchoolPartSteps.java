package org.manyi.campaign.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The step that {@code school-planning}, {@code school-spring}, {@code school-autumn} and {@code school-year-end} end with. */
@Component
public class SchoolPartSteps {

    private final PartStore parts;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;

    SchoolPartSteps(PartStore parts, ApplicationEventPublisher events, MovableClock clock) {
        this.parts = parts;
        this.events = events;
        this.clock = clock;
    }

    /** The school is done: it writes its own row only; whether it was the last is asked after the commit. */
    public void closePart(DelegateExecution execution) {
        PartNumber part = PartNumber.of(execution.getProcessBusinessKey());
        parts.close(part, clock.instant());
        events.publishEvent(new PhaseCloser.PartsMoved(new PartNumber(part.campaign(), part.phase(), null)));
    }
}
