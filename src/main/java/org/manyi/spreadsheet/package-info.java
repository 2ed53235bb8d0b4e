/**
 * Import batches: reading, mapping, dry run, row errors, applying. Owns the tables {@code import_batch},
 * {@code import_error}, {@code import_content}, {@code import_change} and {@code import_template}; publishes {@code ImportApplied}, {@code ImportReverted},
 * {@code MappingTemplateSaved} and {@code MappingTemplateDeleted}; runs large imports. Asks {@link ImportKind}, which the importing rooms implement.
 */
@ApplicationModule(allowedDependencies = {"shared", "security", "evidence"})
package org.manyi.spreadsheet;

import org.springframework.modulith.ApplicationModule;
