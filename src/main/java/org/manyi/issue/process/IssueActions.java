package org.manyi.issue.process;

import static org.manyi.issue.IssueStatus.ANSWERED;
import static org.manyi.issue.IssueStatus.APPROVING;
import static org.manyi.issue.IssueStatus.CALLBACK;
import static org.manyi.issue.IssueStatus.CLOSED;
import static org.manyi.issue.IssueStatus.EXTENSION_REVIEW;
import static org.manyi.issue.IssueStatus.RECTIFYING;
import static org.manyi.issue.IssueStatus.RETURN_REVIEW;
import static org.manyi.issue.IssueStatus.SHELVED;
import static org.manyi.issue.IssueStatus.SHELVING_REVIEW;
import static org.manyi.issue.IssueStatus.TO_SIGN;
import static org.manyi.issue.IssueStatus.TRIAGE;
import static org.manyi.issue.IssueStatus.VERIFYING;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueStatus;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.ForbiddenException;
import org.springframework.stereotype.Component;

/**
 * Which part may do what to an issue in which status. The pages offer by this table, the doors refuse by it, and {@code
 * docs/issue-actions.md} is written from it. What an action needs besides, such as a day that is not over, it asks itself.
 */
@Component
class IssueActions {

    /** What a person is to an issue; one may be several. */
    enum Part {
        /** Who raised it. */
        RAISER("raised it"),
        /** The unit that is to put it right. */
        UNIT("responsible unit"),
        /** Staff or head of the responsible department. */
        DEPARTMENT("responsible department"),
        /** Staff of the office. */
        OFFICE("office"),
        /** The head of the office. */
        OFFICE_HEAD("head of the office"),
        /** The deputy with the remit over the responsible department, or who stands for him. */
        LEADER("leader in charge"),
        /** The head of the bureau. */
        CHAIR("chair");

        private final String words;

        Part(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** That these parts may do this in these statuses. */
    record Rule(IssueAction action, Set<IssueStatus> statuses, Set<Part> parts) {}

    /** From triage to approval. */
    private static final Set<IssueStatus> RUNNING = EnumSet.of(
            TRIAGE,
            TO_SIGN,
            RETURN_REVIEW,
            RECTIFYING,
            EXTENSION_REVIEW,
            SHELVING_REVIEW,
            SHELVED,
            VERIFYING,
            CALLBACK,
            APPROVING);

    private static final Set<IssueStatus> BEFORE_REPORTED =
            EnumSet.of(TO_SIGN, RETURN_REVIEW, RECTIFYING, EXTENSION_REVIEW, SHELVING_REVIEW, SHELVED);

    private static final Set<IssueStatus> BEFORE_VERIFIED =
            EnumSet.of(TO_SIGN, RETURN_REVIEW, RECTIFYING, EXTENSION_REVIEW, SHELVING_REVIEW, SHELVED, VERIFYING);

    static final List<Rule> RULES = List.of(
            new Rule(IssueAction.REQUEST_EXTENSION, EnumSet.of(RECTIFYING), EnumSet.of(Part.UNIT)),
            new Rule(IssueAction.WITHDRAW, RUNNING, EnumSet.of(Part.RAISER, Part.DEPARTMENT)),
            new Rule(IssueAction.SHELVE, EnumSet.of(RECTIFYING), EnumSet.of(Part.UNIT, Part.DEPARTMENT)),
            new Rule(IssueAction.RESUME, EnumSet.of(SHELVED), EnumSet.of(Part.DEPARTMENT, Part.LEADER, Part.CHAIR)),
            new Rule(IssueAction.ADD_CO_UNIT, BEFORE_REPORTED, EnumSet.of(Part.DEPARTMENT)),
            new Rule(IssueAction.COMPLETE_STAGE, EnumSet.of(RECTIFYING), EnumSet.of(Part.DEPARTMENT)),
            new Rule(
                    IssueAction.REOPEN,
                    EnumSet.of(CLOSED, ANSWERED),
                    EnumSet.of(Part.DEPARTMENT, Part.OFFICE, Part.OFFICE_HEAD)),
            new Rule(IssueAction.CHANGE_UNIT, BEFORE_VERIFIED, EnumSet.of(Part.DEPARTMENT)),
            new Rule(IssueAction.MERGE, RUNNING, EnumSet.of(Part.DEPARTMENT, Part.OFFICE, Part.OFFICE_HEAD)),
            new Rule(IssueAction.MOVE_TO, RUNNING, EnumSet.of(Part.OFFICE_HEAD, Part.CHAIR)));

    private static final String CHAIR = "bureau:chair";

    private final Organisation organisation;
    private final Leaders leaders;
    private final IssueSettings settings;

    IssueActions(Organisation organisation, Leaders leaders, IssueSettings settings) {
        this.organisation = organisation;
        this.leaders = leaders;
        this.settings = settings;
    }

    /** Whether one of these parts may do it in this status. */
    static boolean allows(IssueAction action, IssueStatus status, Collection<Part> parts) {
        return RULES.stream()
                .filter(rule -> rule.action() == action && rule.statuses().contains(status))
                .anyMatch(rule -> !Collections.disjoint(rule.parts(), parts));
    }

    /** Whether anybody may do it in this status. */
    static boolean isOpen(IssueAction action, IssueStatus status) {
        return allows(action, status, EnumSet.allOf(Part.class));
    }

    /** What the person is to the issue. */
    Set<Part> partsOf(CurrentUser user, Issue issue) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        if (user.username().equals(issue.facts().raisedBy())) {
            parts.add(Part.RAISER);
        }
        if (issue.leadUnit() != null && organisation.worksFor(user, issue.leadUnit())) {
            parts.add(Part.UNIT);
        }
        if (issue.department() != null && organisation.worksFor(user, issue.department())) {
            parts.add(Part.DEPARTMENT);
        }
        String head = organisation.chargePost(settings.office());
        for (String post : organisation.workPosts(settings.office())) {
            if (user.holds(post)) {
                parts.add(post.equals(head) ? Part.OFFICE_HEAD : Part.OFFICE);
            }
        }
        if (issue.department() != null && user.holds(leaders.post(issue))) {
            parts.add(Part.LEADER);
        }
        if (user.holds(CHAIR)) {
            parts.add(Part.CHAIR);
        }
        return parts;
    }

    /** What the person may do to the issue now, by the table. */
    List<IssueAction> of(CurrentUser user, Issue issue) {
        Set<Part> parts = partsOf(user, issue);
        return EnumSet.allOf(IssueAction.class).stream()
                .filter(action -> allows(action, issue.status(), parts))
                .toList();
    }

    /**
     * Lets the person pass.
     *
     * @throws ConflictException not-active when nobody may in this status
     * @throws ForbiddenException when others may
     */
    void require(IssueAction action, CurrentUser user, Issue issue) {
        if (!isOpen(action, issue.status())) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.action.notNow");
        }
        if (!allows(action, issue.status(), partsOf(user, issue))) {
            throw new ForbiddenException("issue.problem.action.notYours");
        }
    }
}
