/**
 * Accounts, login, tokens, roles, the current user and the written access policy. Owns the tables {@code account},
 * {@code api_token}, {@code idempotency_key}; publishes {@code SecurityEvent}s; runs nothing. Asks {@link PostDirectory}, which {@code org} implements.
 */
@ApplicationModule(allowedDependencies = {"shared"})
package org.manyi.security;

import org.springframework.modulith.ApplicationModule;
