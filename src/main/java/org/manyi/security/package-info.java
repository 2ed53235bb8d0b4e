/**
 * Accounts, login, tokens, roles, the current user and the written access policy. Owns the tables {@code account},
 * {@code account_password_history}, {@code login_failure}, {@code api_token}, {@code idempotency_key} and those of Spring Session;
 * publishes {@link SecurityEvent}s; runs an hourly housekeeping. Asks {@link PostDirectory}, which {@code org} implements, and
 * {@link NavigationEntry} of every room that has pages. What each person may ask of a node is counted in its memory.
 */
@ApplicationModule(allowedDependencies = {"shared"})
package org.manyi.security;

import org.springframework.modulith.ApplicationModule;
