/**
 * The outbox, its delivery after commit and the mail log. Owns the table {@code mail}; publishes nothing, runs the sender.
 */
@ApplicationModule(allowedDependencies = {"shared", "security"})
package org.manyi.mail;

import org.springframework.modulith.ApplicationModule;
