package org.manyi.rehearsal;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.calendar.WorkingDays;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.Issues;
import org.manyi.issue.RoundDetours;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Plays the demonstration's stories through the same services that people use, each step at its own time and by somebody whose
 * task it is, so that the district that comes out could have come about in no other way.
 */
@Component
class StoryTeller {

    private static final String WATCHER = "chair";
    private static final LocalTime OPENS = LocalTime.of(8, 30);
    private static final LocalTime CLOSES = LocalTime.of(17, 0);

    /** Decided before the unit goes on. */
    private static final Set<String> DECISIONS = Set.of("decideExtension", "decideFurtherExtension", "decideShelving");

    /** For how many working days a story rests on the shelf. */
    private static final int REST = 60;

    private final Issues issues;
    private final RoundDetours detours;
    private final Inbox inbox;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final EvidenceStore evidence;
    private final WorkingDays workingDays;
    private final MovableClock clock;
    private final MessageSource messages;

    StoryTeller(
            Issues issues,
            RoundDetours detours,
            Inbox inbox,
            Organisation organisation,
            CurrentUsers users,
            EvidenceStore evidence,
            WorkingDays workingDays,
            MovableClock clock,
            MessageSource messages) {
        this.issues = issues;
        this.detours = detours;
        this.inbox = inbox;
        this.organisation = organisation;
        this.users = users;
        this.evidence = evidence;
        this.workingDays = workingDays;
        this.clock = clock;
        this.messages = messages;
    }

    /**
     * Gives each story its first turn, which gives it the next.
     *
     * @param end the real now, where every story stops
     */
    void join(Turns turns, List<Story> stories, Instant end) {
        int order = 0;
        for (Story story : stories) {
            take(turns, dayOfReport(story, end, order), order++, story, end);
        }
    }

    private void take(Turns turns, Instant at, int order, Story story, Instant end) {
        turns.add(at, order, () -> act(story, order)
                .map(wait -> inOffice(clock.instant().plus(wait), end))
                .ifPresent(next -> take(turns, next, order, story, end)));
    }

    private Instant dayOfReport(Story story, Instant end, int order) {
        LocalDate day = LocalDate.ofInstant(end, MovableClock.ZONE).minusDays(story.number("day", 0));
        LocalDate worked = workingDays.isWorkingDay(day) ? day : workingDays.previous(day);
        return worked.atTime(OPENS)
                .plusMinutes(7L * order)
                .atZone(MovableClock.ZONE)
                .toInstant();
    }

    /** People act in office hours; only what would fall after the end is done before it, out of hours. */
    private Instant inOffice(Instant wished, Instant end) {
        ZonedDateTime at = wished.atZone(MovableClock.ZONE);
        if (at.toLocalTime().isAfter(CLOSES)) {
            at = at.toLocalDate()
                    .plusDays(1)
                    .atTime(OPENS)
                    .plusMinutes(at.getMinute())
                    .atZone(MovableClock.ZONE);
        } else if (at.toLocalTime().isBefore(OPENS)) {
            at = at.with(OPENS).plusMinutes(at.getMinute());
        }
        if (!workingDays.isWorkingDay(at.toLocalDate())) {
            at = workingDays.next(at.toLocalDate()).atTime(at.toLocalTime()).atZone(MovableClock.ZONE);
        }
        return at.toInstant().isBefore(end) ? at.toInstant() : clock.instant().plus(Duration.ofMinutes(5));
    }

    /** Does the story's next step; empty when the story is told. */
    private Optional<Duration> act(Story story, int order) {
        if (story.number == null) {
            String raiser = story.text("by");
            story.number = users.runAs(raiser, () -> issues.raise(story.asReported(), users.require())
                    .number());
            return Optional.of(Duration.ofHours(1 + order % 3));
        }
        CurrentUser watcher = users.byUsername(WATCHER);
        IssueDetail issue = issues.find(story.number, watcher);
        if (finished(story, issue)) {
            return Optional.empty();
        }
        if (story.text("stage").equals("rectifying") || story.text("stage").equals("toSign")) {
            if (issue.status().equals(story.text("stage")) && story.flag("slow")) {
                return Optional.empty();
            }
        }
        Optional<TaskItem> next = issue.tasks().stream()
                .min(Comparator.comparing(task -> task.key().equals("contactReporter") ? 0 : 1));
        if (next.isEmpty()) {
            return Optional.of(Duration.ofDays(1));
        }
        TaskItem task = next.get();
        if (task.key().equals("rectifyIssue") && issue.tasks().size() == 1 && story.asksForTimeNow()) {
            askForTime(story, issue);
            return Optional.of(Duration.ofHours(5));
        }
        if (task.key().equals("rectifyIssue") && issue.tasks().size() == 1 && story.asksToRestNow()) {
            askToRest(story, issue);
            return Optional.of(Duration.ofHours(5));
        }
        complete(story, decisionFirst(issue, task));
        return Optional.of(pauseAfter(task.key(), order));
    }

    private boolean finished(Story story, IssueDetail issue) {
        boolean contacted = issue.tasks().stream().noneMatch(task -> task.key().equals("contactReporter"));
        if (!story.isTold(issue.status()) || !contacted) {
            return false;
        }
        if (story.text("stage").equals("closed")) {
            // The check after 28 days is still to come, or has just come.
            return issue.tasks().isEmpty() && !awaitsRecurrenceCheck(issue);
        }
        return !(story.flag("handled") && !issue.tasks().isEmpty());
    }

    private boolean awaitsRecurrenceCheck(IssueDetail issue) {
        return issue.closedAt() != null
                && issue.history().stream().noneMatch(entry -> entry.event().equals("RecurrenceChecked"));
    }

    private TaskItem decisionFirst(IssueDetail issue, TaskItem task) {
        return issue.tasks().stream()
                .filter(it -> DECISIONS.contains(it.key()))
                .findFirst()
                .orElse(task);
    }

    private void askForTime(Story story, IssueDetail issue) {
        TaskItem task = issue.tasks().get(0);
        users.runAs(actor(task), () -> {
            CurrentUser me = users.require();
            IssueDetail mine = issues.find(story.number, me);
            return issues.requestExtension(
                    story.number,
                    mine.version(),
                    Math.max(3, story.number("extension", 3)),
                    text("extensionReason"),
                    me);
        });
    }

    private void askToRest(Story story, IssueDetail issue) {
        users.runAs(actor(issue.tasks().get(0)), () -> {
            CurrentUser me = users.require();
            return detours.shelve(
                    story.number,
                    issues.find(story.number, me).version(),
                    text("shelvingReason"),
                    workingDays.plus(clock.today(), REST).day(),
                    me);
        });
    }

    private void complete(Story story, TaskItem task) {
        users.runAs(actor(task), () -> {
            CurrentUser me = users.require();
            int version = inbox.form(task.id(), me).version();
            return inbox.complete(task.id(), version, values(story, task, me), me);
        });
    }

    private String actor(TaskItem task) {
        if (task.assignee() != null) {
            return task.assignee().username();
        }
        Set<String> holders = organisation.holders(task.candidatePosts().subList(0, 1));
        return holders.stream().sorted().findFirst().orElseThrow();
    }

    private Map<String, Object> values(Story story, TaskItem task, CurrentUser me) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (task.key()) {
            case "contactReporter" -> {
                values.put("outcome", "reached");
                values.put("note", text("contactNote"));
            }
            case "triageIssue" -> {
                boolean declined = "declined".equals(story.text("stage"));
                String taken = story.flag("takenUp") ? "answer" : "accept";
                values.put("decision", declined ? "decline" : taken);
                if (declined) {
                    values.put("reason", story.text("reason"));
                }
                if (story.flag("longTerm")) {
                    values.put("rectification", "longTerm");
                }
            }
            case "answerIssue" -> {
                values.put("answer", story.text("answer"));
                if (story.flag("takenUp")) {
                    values.put("outcome", "takenUp");
                    values.put("unitCode", story.text("school"));
                    values.put("rectification", "dated");
                    values.put("workingDays", 10);
                }
            }
            case "handleProtectedMatter" -> {
                values.put("outcome", text("protectedOutcome"));
                values.put("note", text("protectedNote"));
            }
            case "signForIssue" -> {
                boolean returned = story.isReturnedNow();
                values.put("decision", returned ? "return" : "sign");
                if (returned) {
                    values.put("reason", story.text("reason"));
                    values.put("suggestedUnitCode", story.text("returnTo"));
                }
            }
            case "decideReturn" -> {
                values.put("unitCode", story.text("returnTo"));
                values.put("reason", text("returnReason"));
            }
            case "rectifyIssue" -> {
                values.put("measures", story.text("measures", text("measures")));
                values.put("result", story.text("result", text("result")));
                values.put("completedOn", clock.today().toString());
                values.put("beforeFiles", List.of(picture(story, task, me, false)));
                values.put("afterFiles", List.of(picture(story, task, me, true)));
            }
            case "decideExtension", "decideFurtherExtension" -> {
                int granted = story.number("extension", 0);
                values.put("decision", granted > 0 ? "grant" : "refuse");
                if (granted > 0) {
                    values.put("workingDays", granted);
                }
                values.put("reason", text(granted > 0 ? "grantReason" : "refuseReason"));
            }
            case "decideShelving" -> {
                values.put("decision", "approve");
                values.put("reason", text("shelvingApproved"));
            }
            case "verifyRectification" -> {
                boolean failed = story.failsNow();
                values.put("decision", failed ? "fail" : "pass");
                values.put("mode", task.round() != null && task.round() > 1 ? "onSite" : "document");
                values.put(
                        "points",
                        new ArrayList<>(List.of(
                                point(text("pointMeasures"), true, null),
                                point(text("pointEvidence"), !failed, failed ? text("pointFailed") : null))));
                if (failed) {
                    values.put("returnCode", "noEvidence");
                }
            }
            case "callReporter" -> {
                boolean reached = !story.isUnreachableNow();
                boolean dissatisfied = reached && story.isDissatisfiedNow();
                values.put("reached", reached);
                if (reached) {
                    values.put("solved", !dissatisfied);
                    values.put("satisfaction", dissatisfied ? "dissatisfied" : "satisfied");
                }
                values.put("note", text(!reached ? "callMissed" : dissatisfied ? "callDissatisfied" : "callSatisfied"));
            }
            case "approveClosure" -> {
                boolean returned = story.isClosureReturnedNow();
                values.put("decision", returned ? "return" : "approve");
                values.put("reason", text(returned ? "closureReturned" : "closureApproved"));
            }
            case "checkRecurrence" -> {
                boolean recurred = story.flag("recurred");
                values.put("decision", recurred ? "recurred" : "lasting");
                values.put("note", text(recurred ? "recurred" : "lasting"));
            }
            default -> throw new IllegalStateException("No story knows the task " + task.key());
        }
        return values;
    }

    private static Map<String, Object> point(String point, boolean ok, String note) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("point", point);
        values.put("ok", ok);
        if (note != null) {
            values.put("note", note);
        }
        return values;
    }

    private String picture(Story story, TaskItem task, CurrentUser me, boolean after) {
        byte[] bytes = DemoPicture.draw(story.number.hashCode() * 31 + task.id().hashCode(), after);
        return evidence.store(
                        "task",
                        task.id(),
                        after ? text("pictureAfter") : text("pictureBefore"),
                        new ByteArrayInputStream(bytes),
                        me)
                .id();
    }

    private Duration pauseAfter(String task, int order) {
        int hour = order % 4;
        return switch (task) {
            case "contactReporter" -> Duration.ofHours(1);
            case "triageIssue" -> Duration.ofHours(4L + hour);
            case "signForIssue", "decideReturn" -> Duration.ofHours(26L + hour);
            case "rectifyIssue" -> Duration.ofHours(20L + hour);
            default -> Duration.ofHours(3L + hour);
        };
    }

    private String text(String key) {
        return messages.getMessage("rehearsal.story." + key, null, java.util.Locale.SIMPLIFIED_CHINESE);
    }
}
