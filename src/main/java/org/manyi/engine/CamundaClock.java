package org.manyi.engine;

import java.time.Duration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Service;

@Service
class CamundaClock implements EngineClock {

    private final MovableClock clock;

    CamundaClock(MovableClock clock) {
        this.clock = clock;
    }

    @Override
    public void moveTo(Duration offset) {
        clock.moveTo(offset);
        ClockUtil.offset(offset.toMillis());
    }
}
