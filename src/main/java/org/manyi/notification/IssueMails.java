package org.manyi.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.calendar.WorkingDays;
import org.manyi.inbox.TaskOffered;
import org.manyi.issue.IssueBrief;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueEvent.ExtensionDecided;
import org.manyi.issue.IssueEvent.IssueClosed;
import org.manyi.issue.IssueEvent.RoundOpened;
import org.manyi.issue.IssueEvent.ShelvingDecided;
import org.manyi.issue.Issues;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
import org.manyi.org.Organisation;
import org.manyi.shared.MovableClock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells people what became of an issue, where no task of theirs says it: a decision on their request, a closure, a round under supervision,
 * a review of what was put on the shelf.
 */
@Component
class IssueMails {

    private static final String REVIEW_SHELVED = "reviewShelved";

    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;
    private final Issues issues;
    private final Organisation organisation;
    private final WorkingDays workingDays;

    IssueMails(
            CaseMails mails,
            Hearers hearers,
            TaskFacts facts,
            Issues issues,
            Organisation organisation,
            WorkingDays workingDays) {
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
        this.issues = issues;
        this.organisation = organisation;
        this.workingDays = workingDays;
    }

    @EventListener
    void on(RoundOpened opened) {
        if (opened.supervised()) {
            tell(
                    opened,
                    "supervised",
                    opened.round(),
                    workingDays.on(opened.dueDate(), day(opened)),
                    Set.of(organisation.contactLeaderPost(opened.school())));
        }
    }

    @EventListener
    void on(ExtensionDecided decided) {
        IssueBrief issue = issues.brief(decided.caseNumber()).orElseThrow();
        tell(
                decided,
                decided.granted() ? "extended" : "notExtended",
                decided.round(),
                workingDays.on(decided.dueDate(), day(decided)),
                organisation.workPosts(issue.leadUnit()));
    }

    @EventListener
    void on(IssueClosed closed) {
        Set<String> posts = new LinkedHashSet<>(organisation.workPosts(closed.unit()));
        if (facts.isSupervised(closed.caseNumber(), closed.round())) {
            issues.brief(closed.caseNumber())
                    .map(IssueBrief::schoolCode)
                    .map(organisation::contactLeaderPost)
                    .ifPresent(posts::add);
        }
        tell(closed, "closed", closed.round(), null, posts);
    }

    /** Unit and department hear it, and who has to tell the reporter what became of his report. */
    @EventListener
    void on(ShelvingDecided decided) {
        IssueBrief issue = issues.brief(decided.caseNumber()).orElseThrow();
        Set<String> posts = new LinkedHashSet<>(organisation.workPosts(issue.leadUnit()));
        posts.addAll(organisation.workPosts(issue.department()));
        posts.addAll(contact(issue));
        LocalDate day = decided.approved() ? decided.reviewOn() : issue.dueDate();
        tell(
                decided,
                decided.approved() ? "shelved" : "notShelved",
                decided.round(),
                day == null ? null : workingDays.on(day, day(decided)),
                posts);
    }

    /** The department has the task of reviewing it, and needs no further word. */
    @EventListener
    void on(TaskOffered offered) {
        if (offered.task().key().equals(REVIEW_SHELVED)) {
            IssueBrief issue = issues.brief(offered.task().caseNumber()).orElseThrow();
            Set<String> posts = new LinkedHashSet<>(organisation.workPosts(issue.leadUnit()));
            posts.addAll(contact(issue));
            posts.removeAll(offered.posts());
            tell(issue.number(), offered.at(), "shelfReview", issue.round(), offered.due(), posts);
        }
    }

    private Collection<String> contact(IssueBrief issue) {
        return issue.contact() == null ? Set.of() : organisation.workPosts(issue.contact());
    }

    private void tell(IssueEvent event, String words, int round, Due due, Collection<String> posts) {
        tell(event.caseNumber(), event.at(), words, round, due, posts);
    }

    private void tell(String number, Instant at, String words, int round, Due due, Collection<String> posts) {
        Audience audience = hearers.of(number);
        if (audience.isProtected()) {
            return;
        }
        IssueBrief issue = issues.brief(number).orElseThrow();
        News news = new News(
                words + ":" + number + ":" + round + ":" + at.toEpochMilli(),
                NewsKind.CASE,
                words,
                number,
                null,
                null,
                issue.title(),
                issue.schoolCode(),
                due,
                round,
                null,
                words.equals("supervised"),
                false,
                "/issues/" + number);
        mails.tell(news, audience.holders(posts));
    }

    private static LocalDate day(IssueEvent event) {
        return LocalDate.ofInstant(event.at(), MovableClock.ZONE);
    }
}
