package org.manyi.shared;

import java.time.Duration;

/** The request was sound, but comes too often or at a moment when the system has no room for it; nothing was changed. */
public final class TryLaterException extends ProblemException {

    private final Duration retryAfter;

    private TryLaterException(int status, String code, String messageKey, Duration retryAfter) {
        super(status, code, messageKey);
        this.retryAfter = retryAfter;
    }

    /** 429: this client asks too often. */
    public static TryLaterException tooMany(Duration retryAfter) {
        return new TryLaterException(429, "too-many-requests", "shared.problem.tooMany", retryAfter);
    }

    /** 503: the system is busy with others. */
    public static TryLaterException busy(Duration retryAfter) {
        return new TryLaterException(503, "busy", "shared.problem.busy", retryAfter);
    }

    /** When to try again, sent as {@code Retry-After}; never null, at least a second. */
    public Duration retryAfter() {
        return retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : retryAfter;
    }
}
