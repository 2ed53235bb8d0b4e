package org.manyi.security;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Removes expired tokens, old idempotency keys and old failures once an hour; on several nodes at once it does no harm. */
@Component
class Housekeeping {

    private final ApiTokens tokens;
    private final IdempotencyKeys keys;
    private final LoginFailures failures;

    Housekeeping(ApiTokens tokens, IdempotencyKeys keys, LoginFailures failures) {
        this.tokens = tokens;
        this.keys = keys;
        this.failures = failures;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        tokens.tidy();
        keys.tidy();
        failures.tidy();
    }
}
