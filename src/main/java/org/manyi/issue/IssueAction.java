package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** What can be done to an issue beside its tasks; who may when is in one table, {@code docs/issue-actions.md}. */
public enum IssueAction {
    /** The unit asks for more time in the current round. */
    REQUEST_EXTENSION("requestExtension", "workingDays"),
    /** It is taken back, and everything about it ends. */
    WITHDRAW("withdraw", null),
    /** It rests until a day. */
    SHELVE("shelve", "reviewOn"),
    /** It goes on after a rest. */
    RESUME("resume", null),
    /** It is open again under its number. */
    REOPEN("reopen", null),
    /** Another unit is to put it right. */
    CHANGE_UNIT("changeUnit", "unitCode"),
    /** Another unit is to help. */
    ADD_CO_UNIT("addCoUnit", "unitCode"),
    /** What is kept up for long has reached its stage (阶段性完成). */
    COMPLETE_STAGE("completeStage", null),
    /** It is dealt with in another issue of the same school. */
    MERGE("merge", "into"),
    /** It goes on from another step. */
    MOVE_TO("moveTo", "step");

    private final String code;
    private final String field;

    IssueAction(String code, String field) {
        this.code = code;
        this.field = field;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** What it asks for besides a reason, by its name in the contract; null when nothing. */
    public String field() {
        return field;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<IssueAction> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
