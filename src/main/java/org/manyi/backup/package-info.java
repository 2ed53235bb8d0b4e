/**
 * Copies of everything that Manyi holds, rows and files, in one archive that either database takes back. Owns the table
 * {@code backup_run}; publishes what it has done to the trail; makes a backup once a day and whenever one is asked for. It reads and
 * writes the tables of all rooms, but only as a whole and only here.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "evidence"})
package org.manyi.backup;

import org.springframework.modulith.ApplicationModule;
