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
    DECLINED("declined");

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

    /** Whether work on the issue is over, at least for now: closed, answered, protected or declined. */
    public boolean isFinal() {
        return EnumSet.of(CLOSED, ANSWERED, PROTECTED, DECLINED).contains(this);
    }

    /** Whether the unit is putting it right, so that the round's deadline runs. */
    public boolean isRectifying() {
        return this == RECTIFYING || this == EXTENSION_REVIEW || this == SHELVING_REVIEW;
    }

    /** Whether the loop allows this step; staying where one is, is no step. */
    public boolean canTransitionTo(IssueStatus next) {
        return next().contains(next);
    }

    private Set<IssueStatus> next() {
        return switch (this) {
            case REGISTERED -> EnumSet.of(TRIAGE, PROTECTED);
            case TRIAGE -> EnumSet.of(TO_SIGN, ANSWERED, DECLINED, PROTECTED);
            case TO_SIGN -> EnumSet.of(RECTIFYING, RETURN_REVIEW);
            case RETURN_REVIEW -> EnumSet.of(TO_SIGN);
            case RECTIFYING -> EnumSet.of(EXTENSION_REVIEW, SHELVING_REVIEW, VERIFYING);
            case EXTENSION_REVIEW -> EnumSet.of(RECTIFYING, VERIFYING);
            case SHELVING_REVIEW -> EnumSet.of(RECTIFYING, SHELVED, VERIFYING);
            case SHELVED -> EnumSet.of(RECTIFYING);
            case VERIFYING -> EnumSet.of(RECTIFYING, CALLBACK, APPROVING);
            case CALLBACK -> EnumSet.of(RECTIFYING, APPROVING);
            case APPROVING -> EnumSet.of(RECTIFYING, CLOSED);
            case CLOSED -> EnumSet.of(RECTIFYING);
            case ANSWERED, PROTECTED, DECLINED -> EnumSet.noneOf(IssueStatus.class);
        };
    }
}
