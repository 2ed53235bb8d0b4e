package org.manyi.shared;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Scheduled work runs on a serving node; a maintenance command and the tests leave it out and call it by hand. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnBooleanProperty(name = "manyi.scheduling", matchIfMissing = true)
class SchedulingConfiguration {}
