/**
 * The bureau, its departments, school districts, institutions, outside bodies, inspection teams, the posts and who holds them,
 * contact leaders, deputies' remits, and which units a post may see. Owns the tables {@code org_*}; publishes the
 * {@link OrganisationChanged} events; runs nothing. Implements {@link org.manyi.security.PostDirectory} and the imports
 * {@code organisations} and {@code users}.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "spreadsheet"})
package org.manyi.org;

import org.springframework.modulith.ApplicationModule;
