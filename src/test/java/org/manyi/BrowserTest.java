package org.manyi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test in a real browser: Debian's {@code chromium}, or the one that {@code CHROMIUM} names. Left out, in plain words, where there is
 * none; with {@code MANYI_BROWSER_TESTS=required} a missing browser is a failure. A build runs it once: what it shows is the pages', and
 * what they ask of the other database is asked there by the tests of pages and API.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ManyiTest
@Tag("once")
@ExtendWith(BrowserTest.Available.class)
public @interface BrowserTest {

    /** Where the browser is. */
    final class Available implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = missing();
            if (missing == null) {
                return ConditionEvaluationResult.enabled("There is a browser");
            }
            String test = context.getRequiredTestClass().getSimpleName();
            if ("required".equals(System.getenv("MANYI_BROWSER_TESTS"))) {
                throw new IllegalStateException(test + " must run, but " + missing);
            }
            if (context.getTestMethod().isEmpty()) {
                System.out.println("LEFT OUT: " + test + ", because " + missing);
            }
            return ConditionEvaluationResult.disabled(missing);
        }

        /** Why no browser test can run; null when it can. */
        private static String missing() {
            if (executable().isEmpty()) {
                return "no Chromium was found (install Debian's chromium, or name one in CHROMIUM)";
            }
            return Available.class.getResource("/static/assets/app.js") == null
                    ? "the pages' script was not built (run without -Dfrontend.skip)"
                    : null;
        }

        static Optional<Path> executable() {
            return Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
                    .filter(path -> path != null && Files.isExecutable(Path.of(path)))
                    .map(Path::of)
                    .findFirst();
        }
    }
}
