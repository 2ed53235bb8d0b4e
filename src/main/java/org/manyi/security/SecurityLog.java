package org.manyi.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Leaves a line of every security event in the log, without saying whom it is about: that stands in the trail. */
@Component
class SecurityLog {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityLog.class);

    @EventListener
    void write(SecurityEvent event) {
        LOG.info("{} {}", event.name(), event.success() ? "done" : "refused");
    }
}
