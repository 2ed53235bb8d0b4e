package org.manyi.issue.web;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.manyi.calendar.DateTexts;
import org.manyi.issue.IssueDetail;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The rounds of an issue as loops of its line of stages; in templates as {@code @roundTexts}. */
@Component("roundTexts")
public class RoundTexts {

    private final DateTexts dates;
    private final MessageSource messages;

    RoundTexts(DateTexts dates, MessageSource messages) {
        this.dates = dates;
        this.messages = messages;
    }

    /**
     * A round.
     *
     * @param span from when to when, open at its end while the unit is at work
     * @param outcome how it ended, or where it stands
     * @param back whether another round followed it
     * @param running whether it is the one that runs
     * @param late whether its last day passed without a report
     */
    public record RoundView(
            String label, String cause, String span, String outcome, boolean back, boolean running, boolean late) {}

    /** All rounds in order; empty where there was one only that went straight on, for the line of stages says it all. */
    public List<RoundView> rounds(IssueDetail issue) {
        List<IssueDetail.Round> rounds = issue.rounds();
        boolean straight = rounds.size() < 2
                && rounds.stream().noneMatch(round -> round.overdueAt() != null || "fail".equals(round.decision()));
        if (straight) {
            return List.of();
        }
        List<RoundView> views = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++) {
            IssueDetail.Round next = i + 1 < rounds.size() ? rounds.get(i + 1) : null;
            views.add(view(rounds.get(i), next, issue));
        }
        return views;
    }

    private RoundView view(IssueDetail.Round round, IssueDetail.Round next, IssueDetail issue) {
        boolean running = next == null && issue.closedAt() == null;
        return new RoundView(
                text("issue.round", round.number()),
                text("issue.cause." + round.cause()),
                span(round),
                outcome(round, next, issue),
                next != null,
                running,
                round.overdueAt() != null);
    }

    private String span(IssueDetail.Round round) {
        String from = day(round.openedAt());
        if (round.submittedAt() == null) {
            return text("issue.rounds.since", from);
        }
        return text(
                "issue.rounds.span", from, day(round.verifiedAt() == null ? round.submittedAt() : round.verifiedAt()));
    }

    /** A round ends with its verification, or with what sent the issue back later on. */
    private String outcome(IssueDetail.Round round, IssueDetail.Round next, IssueDetail issue) {
        if (next != null) {
            return text("issue.rounds.back." + next.cause());
        }
        if (round.decision() != null) {
            return text("issue.decision." + round.decision());
        }
        return text("issue.status." + issue.status());
    }

    private String day(OffsetDateTime at) {
        return dates.day(at.toLocalDate());
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
