/**
 * Official papers as Word files, laid out as GB/T 9704-2012 asks: rooms say what a paper says ({@link OfficialPaper}), {@link Papers}
 * how it looks. Owns no tables, publishes and runs nothing.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.document;

import org.springframework.modulith.ApplicationModule;
