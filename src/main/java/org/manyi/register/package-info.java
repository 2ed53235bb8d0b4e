/**
 * The meetings and registers of the campaign year: the district's meetings and what they give to do, the contact leaders' log of calls and
 * visits, the groups of the schools' classes, and that the survey line was made known. Owns the tables {@code register_*} and the texts
 * shipped under {@code register/}; publishes {@link RegisterEvent}s; runs {@code meeting-task}.
 */
@ApplicationModule(
        allowedDependencies = {"shared", "security", "calendar", "evidence", "engine", "org", "inbox", "campaign"})
package org.manyi.register;

import org.springframework.modulith.ApplicationModule;
