/**
 * The campaign year: its plan as data, how a plan is drawn up, decided, opened and closed, and the days that its nodes fall on. Owns the
 * tables {@code campaign*} and the plans shipped under {@code processes/plans}; publishes {@link CampaignEvent}s and {@link WorkEvent}s; runs
 * {@code annual-campaign} with its four phases, the schools' parts of them, {@code school-parts}, {@code work-item} and
 * {@code external-results}.
 */
@ApplicationModule(
        allowedDependencies = {"shared", "security", "calendar", "evidence", "engine", "document", "org", "inbox"})
package org.manyi.campaign;

import org.springframework.modulith.ApplicationModule;
