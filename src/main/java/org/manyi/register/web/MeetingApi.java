package org.manyi.register.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.evidence.Attachment;
import org.manyi.register.MeetingTasks;
import org.manyi.register.Meetings;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** The district's meetings by API. */
@RestController
@RequestMapping("/api/v1/registers")
@Tag(name = "Registers")
class MeetingApi {

    private final Meetings meetings;
    private final MeetingTasks tasks;
    private final CurrentUsers users;

    MeetingApi(Meetings meetings, MeetingTasks tasks, CurrentUsers users) {
        this.meetings = meetings;
        this.tasks = tasks;
        this.users = users;
    }

    /**
     * A meeting to be entered.
     *
     * @param department null for the person's only one
     * @param node the id of a node of the campaign's plan, null for none
     * @param kind {@code feedback}, {@code special}, {@code award} or {@code other}
     */
    record NewMeeting(
            @Schema(example = "2026-ND-01") String campaign,
            String node,
            String department,
            @Schema(example = "第一次测评反馈会") String title,
            LocalDate day,
            String place,
            @Schema(example = "feedback") String kind) {}

    /** A meeting's facts as they are to be. */
    record MeetingChange(
            @NotNull Integer version, String node, String title, LocalDate day, String place, String kind) {}

    /**
     * Words with files.
     *
     * @param files ids of files uploaded before, or that are there already; null for none
     */
    record Written(@NotNull Integer version, String text, List<String> files) {}

    /**
     * A unit to be put on the agenda.
     *
     * @param part {@code share}, {@code pledge} or {@code other}
     * @param statement null when the unit writes it itself
     */
    record NewSpeech(
            @Schema(example = "S0001") String unit,
            @Schema(example = "share") String part,
            String statement,
            List<String> files) {}

    /** Something to be given to a unit to do. */
    record NewTask(String what, @Schema(example = "S0001") String unit, LocalDate dueDate) {}

    /** A change without words. */
    record Step(@NotNull Integer version) {}

    /** A file. */
    record FileOf(String id, String name) {

        static List<FileOf> of(List<Attachment> files) {
            return files.stream()
                    .map(file -> new FileOf(file.id(), file.name()))
                    .toList();
        }
    }

    /** A meeting in a list. */
    record MeetingItem(
            String number,
            String campaign,
            String department,
            String title,
            LocalDate day,
            String place,
            String kind,
            int openTasks) {

        static MeetingItem of(Meetings.Item item) {
            return new MeetingItem(
                    item.number(),
                    item.campaign(),
                    item.department(),
                    item.title(),
                    item.day(),
                    item.place(),
                    item.kind().code(),
                    item.openTasks());
        }
    }

    /** Something on the agenda. */
    record Speech(
            String number,
            String meeting,
            String unit,
            String unitName,
            String part,
            String statement,
            List<FileOf> files,
            int version) {

        static Speech of(Meetings.Speech speech) {
            return new Speech(
                    speech.number(),
                    speech.meeting(),
                    speech.unit(),
                    speech.unitName(),
                    speech.part().code(),
                    speech.statement(),
                    FileOf.of(speech.files()),
                    speech.version());
        }
    }

    /**
     * Something given to do.
     *
     * @param namedDay the day as it was typed
     * @param dueDate the day that holds
     * @param warning {@code day-off} where the day has moved to the next working day, {@code provisional} where it lies in a year whose
     *     holidays are not announced, else null
     * @param state {@code open}, {@code checking}, {@code returned} or {@code done}
     */
    record Task(
            String number,
            String meeting,
            String unit,
            String unitName,
            String what,
            LocalDate namedDay,
            LocalDate dueDate,
            String warning,
            String state,
            boolean late) {

        static Task of(MeetingTasks.Item item) {
            String provisional = item.provisional() ? "provisional" : null;
            return new Task(
                    item.number(),
                    item.meeting(),
                    item.unit(),
                    item.unitName(),
                    item.what(),
                    item.namedDay(),
                    item.dueOn(),
                    item.moved() ? "day-off" : provisional,
                    item.state().code(),
                    item.late());
        }
    }

    /** A meeting with its agenda and what it gave to do, of that which the person sees. */
    record Meeting(
            MeetingItem item,
            String node,
            String nodeName,
            String minutes,
            List<FileOf> files,
            List<Speech> speeches,
            List<Task> tasks,
            int version) {}

    /** Something given to do with what became of it. */
    record TaskDetail(
            Task item,
            String report,
            List<FileOf> files,
            OffsetDateTime handedInAt,
            String returnedReason,
            List<MeetingTasks.Entry> history) {}

    @Operation(summary = "The meetings one sees, the latest day first")
    @GetMapping("/meetings")
    Slice<MeetingItem> list(
            @RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        return meetings.list(cursor, Slice.size(size), users.require()).map(MeetingItem::of);
    }

    @Operation(summary = "Enter a meeting of a running campaign", description = "By the department that holds it.")
    @PostMapping("/meetings")
    ResponseEntity<Meeting> enter(@Valid @RequestBody NewMeeting asked) {
        String number = meetings.enter(
                new Meetings.Facts(
                        asked.campaign(),
                        asked.node(),
                        asked.department(),
                        asked.title(),
                        asked.day(),
                        asked.place(),
                        asked.kind()),
                users.require());
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/registers/meetings/{number}")
                        .build(number))
                .body(find(number));
    }

    @Operation(summary = "A meeting with its agenda and tasks, of those that one sees")
    @GetMapping("/meetings/{number}")
    Meeting find(@Parameter(example = "2026-HY-01") @PathVariable String number) {
        CurrentUser user = users.require();
        Meetings.Detail meeting = meetings.find(number, user);
        return new Meeting(
                MeetingItem.of(meeting.item()),
                meeting.node(),
                meeting.nodeName(),
                meeting.minutes(),
                FileOf.of(meeting.files()),
                meeting.speeches().stream().map(Speech::of).toList(),
                tasks.of(number, user).stream().map(Task::of).toList(),
                meeting.version());
    }

    @Operation(summary = "Change a meeting's facts")
    @PostMapping("/meetings/{number}")
    Meeting change(@PathVariable String number, @Valid @RequestBody MeetingChange asked) {
        meetings.change(
                number,
                asked.version(),
                new Meetings.Facts(null, asked.node(), null, asked.title(), asked.day(), asked.place(), asked.kind()),
                users.require());
        return find(number);
    }

    @Operation(
            summary = "Write a meeting's minutes",
            description = "From its day on; files uploaded before are named by their ids.")
    @PostMapping("/meetings/{number}/minutes")
    Meeting writeMinutes(@PathVariable String number, @Valid @RequestBody Written asked) {
        meetings.writeMinutes(number, asked.version(), asked.text(), asked.files(), users.require());
        return find(number);
    }

    @Operation(summary = "Put a unit on the agenda, behind the others")
    @PostMapping("/meetings/{number}/speeches")
    ResponseEntity<Speech> addSpeech(@PathVariable String number, @Valid @RequestBody NewSpeech asked) {
        String speech = meetings.addSpeech(
                number, asked.unit(), asked.part(), asked.statement(), asked.files(), users.require());
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/registers/speeches/{number}")
                        .build(speech))
                .body(speech(speech));
    }

    @Operation(summary = "Something on the agenda")
    @GetMapping("/speeches/{number}")
    Speech speech(@Parameter(example = "2026-HY-01.S1") @PathVariable String number) {
        return Speech.of(meetings.speech(number, users.require()));
    }

    @Operation(
            summary = "Write what a unit says",
            description = "By the unit or the department that holds the meeting.")
    @PostMapping("/speeches/{number}")
    Speech writeSpeech(@PathVariable String number, @Valid @RequestBody Written asked) {
        meetings.writeSpeech(number, asked.version(), asked.text(), asked.files(), users.require());
        return speech(number);
    }

    @Operation(summary = "Move a unit one place forward on the agenda")
    @PostMapping("/speeches/{number}/move")
    Speech moveSpeech(@PathVariable String number, @Valid @RequestBody Step step) {
        meetings.moveSpeech(number, step.version(), users.require());
        return speech(number);
    }

    @Operation(summary = "Take a unit off the agenda")
    @PostMapping("/speeches/{number}/withdraw")
    ResponseEntity<Void> withdrawSpeech(@PathVariable String number, @Valid @RequestBody Step step) {
        meetings.withdrawSpeech(number, step.version(), users.require());
        return ResponseEntity.noContent().build();
    }

    @Operation(
            summary = "Give something to a unit to do",
            description =
                    "From the meeting's day on; it becomes a task in the unit's inbox. A due day that is a day off moves to the next"
                            + " working day, and warning says so.")
    @PostMapping("/meetings/{number}/tasks")
    ResponseEntity<Task> give(@PathVariable String number, @Valid @RequestBody NewTask asked) {
        CurrentUser user = users.require();
        String given = tasks.give(number, asked.what(), asked.unit(), asked.dueDate(), user);
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/registers/meeting-tasks/{number}")
                        .build(given))
                .body(Task.of(tasks.find(given, user).item()));
    }

    @Operation(summary = "Something given to do, with what became of it")
    @GetMapping("/meeting-tasks/{number}")
    TaskDetail task(@Parameter(example = "2026-HY-01.T1") @PathVariable String number) {
        MeetingTasks.Detail task = tasks.find(number, users.require());
        return new TaskDetail(
                Task.of(task.item()),
                task.report(),
                FileOf.of(task.files()),
                task.handedInAt(),
                task.returnedReason(),
                task.history());
    }
}
