/**
 * What every room may use: the one clock, gap-free numbers, encryption of personal data, lists with cursors, the events
 * of a case and the exceptions that pages and API turn into answers. Owns the tables {@code counter} and {@code data_key};
 * publishes nothing, runs nothing.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {})
package org.manyi.shared;

import org.springframework.modulith.ApplicationModule;
