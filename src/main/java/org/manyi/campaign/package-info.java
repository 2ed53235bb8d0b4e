/**
 * The campaign year: its plan as data, how a plan is drawn up, decided, opened and closed, and the days that its nodes fall on. Owns the
 * tables {@code campaign*} and the plans shipped under {@code processes/plans}; publishes {@link CampaignEvent}s; runs nothing yet.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "calendar", "org"})
package org.manyi.campaign;

import org.springframework.modulith.ApplicationModule;
