package org.manyi.issue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Where an issue stands in the loop, and where it may go from there. */
public enum IssueStatus {
    /** Numbered, not yet looked at. */
    REGISTERED("registered"),
    /** A department decides whose it is; a consultation waits here for its answer. */
    TRIAGE("triage"),
    /** The unit has to sign for it. */
    TO_SIGN("toSign"),
    /** The unit returned it, the department decides. */
    RETURN_REVIEW("returnReview"),
    /** The unit puts it right. */
    RECTIFYING("rectifying"),
    /** The unit puts it right and has asked for more time. */
    EXTENSION_REVIEW("extensionReview"),
    /** The unit puts it right and has asked to put it on the shelf (挂账). */
    SHELVING_REVIEW("shelvingReview"),
    /** On the shelf for an objective reason until its review date: the round's deadline rests. */
    SHELVED("shelved"),
    /** An inspection team checks. */
    VERIFYING("verifying"),
    /** The reporter is called back. */
    CALLBACK("callback"),
    /** A leader decides on closure. */
    APPROVING("approving"),
    /** Closed (销号). */
    CLOSED("closed"),
    /** A consultation, answered. */
    ANSWERED("answered"),
    /** A matter of a child's safety, out of the loop and confidential. */
    PROTECTED("protected"),
    /** Not taken on, with a reason. */
    DECLINED("declined"),
    /** Taken back by whoever raised it or by the responsible department. */
    WITHDRAWN("withdrawn"),
    /** The same as another issue, and dealt with there. */
    MERGED("merged");

    /** The steps to which a running issue can be moved by hand. */
    private static final Set<IssueStatus> STEPS = Set.of(TRIAGE, TO_SIGN, RECTIFYING, CALLBACK, APPROVING);

    private final String code;

    IssueStatus(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The status of this name; empty when unknown. */
    public static Optional<IssueStatus> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }

    /** Whether work on the issue is over, at least for now: closed, answered, declined, out of the loop or taken off it. */
    public boolean isFinal() {
        return EnumSet.of(CLOSED, ANSWERED, PROTECTED, DECLINED, WITHDRAWN, MERGED)
                .contains(this);
    }

    /** Whether the round's deadline runs: while a leader owes the answer whether it may rest, nobody is late. */
    public boolean deadlineRuns() {
        return this == RECTIFYING || this == EXTENSION_REVIEW;
    }

    /** Whether the unit is putting it right. */
    public boolean isRectifying() {
        return this == RECTIFYING || this == EXTENSION_REVIEW || this == SHELVING_REVIEW;
    }

    /** Whether the loop allows this step; staying where one is, is no step. */
    public boolean canTransitionTo(IssueStatus next) {
        boolean takenOff = next == WITHDRAWN || next == MERGED;
        return next().contains(next) || takenOff && !isFinal();
    }

    /** Whether a running issue can be moved from here to there by hand, past the order of the loop. */
    public boolean canBeMovedTo(IssueStatus next) {
        boolean there = this == next || isRectifying() && next == RECTIFYING;
        return !isFinal() && this != REGISTERED && STEPS.contains(next) && !there;
    }

    private Set<IssueStatus> next() {
        return switch (this) {
            case REGISTERED -> EnumSet.of(TRIAGE, PROTECTED);
            case TRIAGE -> EnumSet.of(TO_SIGN, ANSWERED, DECLINED, PROTECTED);
            case TO_SIGN -> EnumSet.of(RECTIFYING, RETURN_REVIEW);
            case RETURN_REVIEW -> EnumSet.of(TO_SIGN);
            case RECTIFYING -> EnumSet.of(EXTENSION_REVIEW, SHELVING_REVIEW, VERIFYING, TO_SIGN);
            case EXTENSION_REVIEW -> EnumSet.of(RECTIFYING, VERIFYING, TO_SIGN);
            case SHELVING_REVIEW -> EnumSet.of(RECTIFYING, SHELVED, VERIFYING, TO_SIGN);
            case SHELVED -> EnumSet.of(RECTIFYING, TO_SIGN);
            case VERIFYING -> EnumSet.of(RECTIFYING, CALLBACK, APPROVING, TO_SIGN);
            case CALLBACK -> EnumSet.of(RECTIFYING, APPROVING);
            case APPROVING -> EnumSet.of(RECTIFYING, CLOSED);
            case CLOSED -> EnumSet.of(RECTIFYING);
            case ANSWERED -> EnumSet.of(TRIAGE);
            case PROTECTED, DECLINED, WITHDRAWN, MERGED -> EnumSet.noneOf(IssueStatus.class);
        };
    }
}
