package org.manyi.rehearsal;

import java.util.Map;
import org.manyi.issue.NewIssue;

/** One issue of the demonstration: what was reported, the detours it took, and how far it has come. */
final class Story {

    private final Map<String, Object> facts;
    private int failsLeft;
    private int callsLeft;
    private boolean extensionLeft;
    private boolean restLeft;
    private boolean dissatisfactionLeft;
    private boolean closureReturnLeft;
    private boolean returnLeft;

    /** The issue's number, null before it is raised. */
    String number;

    Story(Map<String, Object> facts) {
        this.facts = facts;
        this.failsLeft = number("fails", 0);
        this.callsLeft = number("unreachable", 0);
        this.extensionLeft = facts.containsKey("extension") || "extensionReview".equals(text("stage"));
        this.restLeft = "shelved".equals(text("stage"));
        this.dissatisfactionLeft = flag("dissatisfied");
        this.closureReturnLeft = flag("closureReturned");
        this.returnLeft = facts.containsKey("returnTo");
    }

    String text(String fact) {
        Object value = facts.get(fact);
        return value == null ? null : value.toString();
    }

    String text(String fact, String otherwise) {
        String value = text(fact);
        return value == null ? otherwise : value;
    }

    int number(String fact, int otherwise) {
        return facts.get(fact) instanceof Number number ? number.intValue() : otherwise;
    }

    boolean flag(String fact) {
        return Boolean.TRUE.equals(facts.get(fact));
    }

    @SuppressWarnings("unchecked")
    NewIssue asReported() {
        Map<String, String> reporter = (Map<String, String>) facts.get("reporter");
        return new NewIssue(
                text("title"),
                text("text"),
                text("kind"),
                text("source"),
                text("category"),
                text("severity"),
                text("school"),
                reporter == null ? null : new NewIssue.Reporter(reporter.get("name"), reporter.get("phone")),
                flag("childSafety"),
                text("concerns"),
                text("concernsUser"),
                null,
                true);
    }

    /** Whether nothing more happens to it once it stands at its stage: all its detours lie behind it. */
    boolean isTold(String status) {
        return status.equals(text("stage"))
                && failsLeft == 0
                && !dissatisfactionLeft
                && !closureReturnLeft
                && !(returnLeft && !"returnReview".equals(status))
                && !(extensionLeft && !"extensionReview".equals(status))
                && !(callsLeft > 0 && "callback".equals(status));
    }

    boolean failsNow() {
        return failsLeft > 0 && failsLeft-- > 0;
    }

    boolean isUnreachableNow() {
        return callsLeft > 0 && callsLeft-- > 0;
    }

    boolean asksForTimeNow() {
        boolean now = extensionLeft;
        extensionLeft = false;
        return now;
    }

    boolean asksToRestNow() {
        boolean now = restLeft;
        restLeft = false;
        return now;
    }

    boolean isDissatisfiedNow() {
        boolean now = dissatisfactionLeft;
        dissatisfactionLeft = false;
        return now;
    }

    boolean isClosureReturnedNow() {
        boolean now = closureReturnLeft;
        closureReturnLeft = false;
        return now;
    }

    boolean isReturnedNow() {
        boolean now = returnLeft;
        returnLeft = false;
        return now;
    }
}
