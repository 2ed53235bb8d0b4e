package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** On the review day the department lets the round go on, or asks a leader to leave it on the shelf. */
@Component
class ReviewShelvedTask implements IssueTask {

    private final Offers offers;
    private final Shelvings shelvings;
    private final IssueSettings settings;

    ReviewShelvedTask(Offers offers, Shelvings shelvings, IssueSettings settings) {
        this.offers = offers;
        this.shelvings = shelvings;
        this.settings = settings;
    }

    @Override
    public String process() {
        return ShelvingProcess.KEY;
    }

    @Override
    public String key() {
        return ShelvingProcess.REVIEW_SHELVED;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(
                issue, offers.unit(issue.department()), offers.withinDays(settings.reviewShelvedDays()));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (again(submission)) {
            List<FieldProblem> problems = shelvings.reviewProblems(submission.day("reviewOn"));
            if (!problems.isEmpty()) {
                throw new ValidationException(problems);
            }
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String reason = submission.text("reason");
        boolean again = again(submission);
        if (again) {
            shelvings.askAgain(issue, reason, submission.day("reviewOn"), submission.user());
        } else {
            shelvings.resume(issue, reason, submission.user());
        }
        return Map.of(ShelvingProcess.SHELVE_AGAIN, again);
    }

    private static boolean again(TaskSubmission submission) {
        return "again".equals(submission.text("decision"));
    }
}
