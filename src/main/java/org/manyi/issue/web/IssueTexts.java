package org.manyi.issue.web;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.calendar.DateTexts;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.FileView;
import org.manyi.issue.Category;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.IssueDetail.HistoryEntry;
import org.manyi.issue.IssueItem;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Issues;
import org.manyi.issue.RoundDetours;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Issues as pages show them, in the reader's language; in templates as {@code @issueTexts}. */
@Component("issueTexts")
public class IssueTexts {

    private static final Set<String> BACKWARD = Set.of(
            "UnitReturned",
            "RectificationFailed",
            "ClosureReturned",
            "IssueReopened",
            "IssueDeclined",
            "ResponsibleUnitChanged",
            "IssueMoved",
            "IssueWithdrawn",
            "IssueMerged");

    private final Issues issues;
    private final DateTexts dates;
    private final MessageSource messages;
    private final String emergencyPhone;

    IssueTexts(
            Issues issues,
            DateTexts dates,
            MessageSource messages,
            @Value("${manyi.issue.emergency-phone:110}") String emergencyPhone) {
        this.emergencyPhone = emergencyPhone;
        this.issues = issues;
        this.dates = dates;
        this.messages = messages;
    }

    /**
     * A stage of the line 登记 to 销号.
     *
     * @param state {@code done}, {@code active}, {@code todo} or {@code skipped}
     * @param date when it was done, null before
     * @param returns how often the issue came back from it
     */
    public record StageView(String key, String label, String state, String date, int returns) {}

    /** What somebody did or said; {@code back} for a step backwards. */
    public record OpinionView(
            String who, String unit, String act, String text, String at, String instant, boolean back) {}

    private enum Stage {
        REGISTER("IssueRaised", Set.of()),
        ASSIGN("IssueTriaged", Set.of()),
        SIGN("UnitSigned", Set.of("UnitReturned")),
        RECTIFY("RectificationSubmitted", Set.of()),
        VERIFY("RectificationVerified", Set.of("RectificationFailed")),
        CALL("ReporterCalled", Set.of()),
        APPROVE("ClosureApproved", Set.of("ClosureReturned")),
        CLOSE("IssueClosed", Set.of("IssueReopened"));

        private final String done;
        private final Set<String> back;

        Stage(String done, Set<String> back) {
            this.done = done;
            this.back = back;
        }
    }

    /** Where the issue stands on the line, with dates and returns. */
    public List<StageView> stages(IssueDetail issue) {
        IssueStatus status = IssueStatus.of(issue.status()).orElseThrow();
        int reached = reached(status);
        Map<Stage, Integer> returns = returns(issue);
        List<StageView> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            boolean leftOut = leftTheLine(status) && stage.ordinal() > left(issue, status)
                    || stage == Stage.CALL && !issue.reporterKnown();
            String state;
            if (leftOut) {
                state = "skipped";
            } else if (stage.ordinal() < reached) {
                state = "done";
            } else {
                state = stage.ordinal() == reached ? "active" : "todo";
            }
            stages.add(new StageView(
                    stage.name().toLowerCase(java.util.Locale.ROOT),
                    text("issue.stage." + stage.name().toLowerCase(java.util.Locale.ROOT)),
                    state,
                    state.equals("done") ? lastDay(issue, stage) : null,
                    returns.getOrDefault(stage, 0)));
        }
        return stages;
    }

    private static int reached(IssueStatus status) {
        return switch (status) {
            case REGISTERED -> Stage.REGISTER.ordinal();
            case TRIAGE -> Stage.ASSIGN.ordinal();
            case TO_SIGN, RETURN_REVIEW -> Stage.SIGN.ordinal();
            case RECTIFYING, EXTENSION_REVIEW, SHELVING_REVIEW, SHELVED -> Stage.RECTIFY.ordinal();
            case VERIFYING -> Stage.VERIFY.ordinal();
            case CALLBACK -> Stage.CALL.ordinal();
            case APPROVING -> Stage.APPROVE.ordinal();
            case CLOSED, ANSWERED, DECLINED, PROTECTED, WITHDRAWN, MERGED -> Stage.values().length;
        };
    }

    private static boolean leftTheLine(IssueStatus status) {
        return status.isFinal() && status != IssueStatus.CLOSED;
    }

    /** The last stage that an issue off the line has seen; it may be taken off at any. */
    private static int left(IssueDetail issue, IssueStatus status) {
        int last = Stage.ASSIGN.ordinal();
        if (status == IssueStatus.WITHDRAWN || status == IssueStatus.MERGED) {
            last = Stage.REGISTER.ordinal();
            for (Stage stage : Stage.values()) {
                last = last(issue, stage.done).isPresent() ? stage.ordinal() : last;
            }
        }
        return last;
    }

    private Map<Stage, Integer> returns(IssueDetail issue) {
        Map<Stage, Integer> returns = new EnumMap<>(Stage.class);
        for (HistoryEntry entry : issue.history()) {
            for (Stage stage : Stage.values()) {
                if (stage.back.contains(entry.event())) {
                    returns.merge(stage, 1, Integer::sum);
                }
            }
            if (entry.event().equals("ReporterCalled")
                    && IssueStatus.RECTIFYING.code().equals(entry.to())) {
                returns.merge(Stage.CALL, 1, Integer::sum);
            }
        }
        return returns;
    }

    private static boolean isBack(HistoryEntry entry) {
        return BACKWARD.contains(entry.event()) || isDissatisfied(entry);
    }

    private static boolean isDissatisfied(HistoryEntry entry) {
        return entry.event().equals("ReporterCalled")
                && IssueStatus.RECTIFYING.code().equals(entry.to());
    }

    private String lastDay(IssueDetail issue, Stage stage) {
        return last(issue, stage.done)
                .or(() -> stage == Stage.RECTIFY ? last(issue, "StageCompleted") : Optional.empty())
                .or(() -> stage == Stage.ASSIGN ? last(issue, "IssueDeclined", "IssueProtected") : Optional.empty())
                .map(entry -> dates.day(entry.at().toLocalDate()))
                .orElse(null);
    }

    private static Optional<HistoryEntry> last(IssueDetail issue, String... events) {
        List<HistoryEntry> entries = new ArrayList<>(issue.history());
        Collections.reverse(entries);
        return entries.stream()
                .filter(entry -> Set.of(events).contains(entry.event()))
                .findFirst();
    }

    /** The history as a line of opinions, oldest first. */
    public List<OpinionView> opinions(IssueDetail issue) {
        return issue.history().stream()
                .map(entry -> new OpinionView(
                        entry.actor() == null
                                ? text("issue.system")
                                : entry.actor().name(),
                        null,
                        act(entry),
                        entry.reason(),
                        dates.at(entry.at().toInstant()),
                        exact(entry.at()),
                        isBack(entry)))
                .toList();
    }

    private String act(HistoryEntry entry) {
        String act = text("issue.event." + entry.event());
        return entry.to().equals(entry.from()) ? act : text("issue.act", act, text("issue.status." + entry.to()));
    }

    /** Files as evidence shows them. */
    public List<FileView> files(List<Attachment> files) {
        return files.stream().map(file -> FileView.of(file, captured(file))).toList();
    }

    private String captured(Attachment file) {
        List<String> notes = new ArrayList<>();
        if (file.capturedAt() != null) {
            notes.add(text("issue.file.captured", dates.at(file.capturedAt())));
        }
        if (file.place() != null) {
            notes.add(text("issue.file.place", file.place()));
        }
        if (file.repeated()) {
            notes.add(text("issue.file.repeated"));
        }
        return notes.isEmpty() ? null : String.join(text("issue.separator"), notes);
    }

    /** The kind of mark for a status. */
    public String mark(String status) {
        return switch (IssueStatus.of(status).orElseThrow()) {
            case REGISTERED, TRIAGE, TO_SIGN -> "todo";
            case RECTIFYING, EXTENSION_REVIEW, SHELVING_REVIEW, VERIFYING, CALLBACK -> "active";
            case RETURN_REVIEW, SHELVED, APPROVING -> "wait";
            case CLOSED, ANSWERED -> "done";
            case PROTECTED -> "plain";
            case DECLINED, WITHDRAWN, MERGED -> "off";
        };
    }

    /** The state of a running round's due mark; null where no round runs. */
    public String dueState(IssueItem issue) {
        return dueState(issue.status(), issue.dueDate());
    }

    /** The state of a running round's due mark; null where no round runs. */
    public String dueState(IssueDetail issue) {
        return dueState(issue.status(), issue.dueDate());
    }

    private String dueState(String status, java.time.LocalDate dueDate) {
        if (dueDate == null || !IssueStatus.of(status).orElseThrow().deadlineRuns()) {
            return null;
        }
        return switch (dates.standing(dueDate, null)) {
            case OVERDUE -> "late";
            case SOON, TODAY -> "soon";
            case LATER -> "later";
        };
    }

    /** For how many days the longest of these has rested; 0 for none. */
    public int longest(List<RoundDetours.OnTheShelf> items) {
        return items.stream().mapToInt(RoundDetours.OnTheShelf::days).max().orElse(0);
    }

    /** A category's name; the code where it is unknown. */
    public String category(String code) {
        return issues.categories().stream()
                .filter(category -> category.code().equals(code))
                .map(Category::name)
                .findFirst()
                .orElse(code);
    }

    /** Whom to call when a child is in danger; never null. */
    public String emergencyPhone() {
        return emergencyPhone;
    }

    /** An instant as people say it; "—" for null. */
    public String at(OffsetDateTime at) {
        return dates.at(at == null ? null : at.toInstant());
    }

    /** The exact instant for hover or tap; null stays null. */
    public String exact(OffsetDateTime at) {
        return at == null ? null : dates.exact(at.toInstant());
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
