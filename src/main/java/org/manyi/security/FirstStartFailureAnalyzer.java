package org.manyi.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in plain words why an empty database was not taken into use, and what to do. */
class FirstStartFailureAnalyzer extends AbstractFailureAnalyzer<FirstStartRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FirstStartRefusedException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set MANYI_ADMIN_PASSWORD to a password of at least 8 characters with three of lower case, upper case, digits and other"
                        + " characters, to make the accounts sysadmin and secadmin; or set MANYI_DEMO=true to load the demonstration"
                        + " district.",
                cause);
    }
}
