/**
 * Working days, the shipped yearly holiday files and deadline arithmetic. Owns no table; publishes nothing, runs nothing.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.calendar;

import org.springframework.modulith.ApplicationModule;
