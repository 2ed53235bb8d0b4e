package org.manyi.rehearsal;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Not well while the demonstration is still being loaded. */
@Component
class DemonstrationHealth implements HealthIndicator {

    private final Demonstration demonstration;

    DemonstrationHealth(Demonstration demonstration) {
        this.demonstration = demonstration;
    }

    @Override
    public Health health() {
        boolean loading = demonstration
                .state()
                .filter(Demonstration.State.LOADING::equals)
                .isPresent();
        return loading ? Health.outOfService().build() : Health.up().build();
    }
}
