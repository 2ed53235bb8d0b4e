/**
 * Import batches: reading, mapping, dry run, row errors, applying. Owns the tables {@code import_batch} and
 * {@code import_error}; publishes {@code ImportApplied}; runs large imports. Asks {@link ImportKind}, which the importing rooms implement.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "evidence"})
package org.manyi.spreadsheet;

import org.springframework.modulith.ApplicationModule;
