package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueDetail.Point;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.RoundCause;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** An impartial team checks point by point, on site or by document; what fails goes back for another round. */
@Component
class VerifyRectificationTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final Verifiers verifiers;
    private final Organisation organisation;
    private final IssueSettings settings;
    private final MovableClock clock;

    VerifyRectificationTask(
            IssueStore store,
            Offers offers,
            Verifiers verifiers,
            Organisation organisation,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.verifiers = verifiers;
        this.organisation = organisation;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return RectificationRound.KEY;
    }

    @Override
    public String key() {
        return RectificationRound.VERIFY_RECTIFICATION;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        String team = store.round(issue).team();
        List<String> posts = team == null ? offers.staff(settings.supervision()) : offers.unit(team);
        return offers.offerInRound(issue, posts, offers.withinDays(settings.verifyDays()));
    }

    @Override
    public void checkAssignee(Issue issue, CurrentUser candidate) {
        verifiers.checkAssignee(issue, candidate);
    }

    @Override
    public Set<String> supervisorPosts() {
        return Set.copyOf(organisation.workPosts(settings.supervision()));
    }

    @Override
    public Predicate<String> assignablePosts() {
        return post -> post.startsWith("team:");
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (passed(submission) && points(submission).stream().anyMatch(point -> !point.ok())) {
            throw ValidationException.of("decision", "contradiction", "issue.problem.verify.points");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        String mode = submission.text("mode");
        boolean passed = passed(submission);
        String returnCode = passed ? null : submission.text("returnCode");
        Round round = store.round(issue)
                .verified(new Round.Verification(by, clock.instant(), passed, mode, points(submission), returnCode));
        store.update(issue.number(), round);
        if (passed) {
            issue.pass();
            store.write(
                    issue,
                    null,
                    new IssueEvent.RectificationVerified(clock.instant(), by, issue.number(), round.number(), mode));
        } else {
            issue.sendBack(RoundCause.FAILED);
            store.write(
                    issue,
                    null,
                    new IssueEvent.RectificationFailed(
                            clock.instant(), by, issue.number(), round.unit(), round.number(), mode, returnCode));
        }
        return Map.of(RectificationRound.ROUND_PASSED, passed);
    }

    private static boolean passed(TaskSubmission submission) {
        return "pass".equals(submission.text("decision"));
    }

    private static List<Point> points(TaskSubmission submission) {
        return submission.<Map<String, Object>>list("points").stream()
                .map(point -> new Point(
                        (String) point.get("point"), Boolean.TRUE.equals(point.get("ok")), (String) point.get("note")))
                .toList();
    }
}
