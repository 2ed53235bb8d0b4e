/**
 * The bureau, its departments, school districts, institutions, outside bodies, inspection teams, the posts and who holds them,
 * contact leaders, and which units a post may see. Owns the tables {@code org_*}; publishes {@code OrganisationChanged}; runs nothing.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "spreadsheet"})
package org.manyi.org;

import org.springframework.modulith.ApplicationModule;
