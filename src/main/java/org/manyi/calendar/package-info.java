/**
 * Working days, the shipped yearly holiday files and deadline arithmetic. Owns no table but the files under {@code calendar/} (shipped,
 * or laid into the data directory when a notice comes out between releases); publishes nothing, runs nothing. Offers the beans
 * {@code dates} and {@code calendarNotice} to templates.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.calendar;

import org.springframework.modulith.ApplicationModule;
