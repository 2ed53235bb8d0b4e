package org.manyi.inbox.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.evidence.StoredFile;
import org.manyi.inbox.BulkTasks;
import org.manyi.inbox.DueWindow;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.Supervision;
import org.manyi.inbox.TaskComment;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Tasks by API. */
@RestController
@RequestMapping("/api/v1/tasks")
@Tag(name = "Tasks")
class TaskApi {

    private static final String ITEM_EXAMPLE = """
            {"id": "5d0f9a3e-6f0b-11f1-8d5e-0242ac120002", "key": "rectifyIssue", "name": "整改并上报佐证",
             "process": "rectification-round", "caseNumber": "2026-WT-00042", "title": "放学时段校门口拥堵",
             "school": {"code": "S0001", "name": "第一小学"}, "district": {"code": "D1", "name": "第一学区"}, "assignee": null,
             "candidatePosts": ["school:S0001:principal", "school:S0001:staff"], "urgency": "normal",
             "createdAt": "2026-03-12T09:30:00+08:00", "dueDate": "2026-03-19", "dueAt": null, "overdue": false,
             "provisional": false, "round": 1, "version": 1, "doneAt": null, "actions": ["claim", "complete", "assign"]}
            """;

    private final Inbox inbox;
    private final Supervision supervision;
    private final BulkTasks bulk;
    private final CurrentUsers users;

    TaskApi(Inbox inbox, Supervision supervision, BulkTasks bulk, CurrentUsers users) {
        this.inbox = inbox;
        this.supervision = supervision;
        this.bulk = bulk;
        this.users = users;
    }

    /**
     * A hand over.
     *
     * @param username who shall have the task
     * @param reason 2 to 500 characters
     */
    record Assignment(
            @Schema(example = "staff001") String username,
            @Schema(example = "本周外出培训，请代为办理") String reason) {}

    /**
     * A completion.
     *
     * @param version of the task when its form was opened
     * @param values by field key; {@code null} is none
     * @param withdrawQuestion true where a colleague who was asked and has not answered need not answer any more
     */
    record Completion(
            @NotNull @Schema(example = "1") Integer version, Map<String, Object> values, Boolean withdrawQuestion) {}

    /**
     * A remark.
     *
     * @param text 1 to 2000 characters
     * @param mentions the usernames of whom it tells besides those whom every remark tells, at most 20; {@code null} is none
     */
    record Remark(@Schema(example = "已电话联系学校，明天上午去现场") String text, List<String> mentions) {}

    @Operation(
            summary = "A page of tasks",
            description =
                    "mine: assigned to me; claimable: unassigned and offered to a post that I hold or stand in for; asked: another has it and asks"
                            + " for my opinion; supervised: visible to me, neither mine nor claimable; done: completed by me, latest first. Counts stop at 1000 and"
                            + " then say capped.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples =
                                    @ExampleObject(
                                            "{\"items\": [" + ITEM_EXAMPLE
                                                    + "], \"nextCursor\": null, \"count\": {\"value\": 1, \"capped\": false}}")))
    @GetMapping
    Slice<TaskItem> list(
            @Parameter(
                            description =
                                    "mine, claimable, asked (for an opinion), absent (to be taken over), supervised or done")
                    @RequestParam(defaultValue = "mine")
                    String view,
            @Parameter(description = "true for overdue only, false for those in time") @RequestParam(required = false)
                    Boolean overdue,
            @Parameter(example = "rectification-round") @RequestParam(required = false) String process,
            @Parameter(example = "S0001") @RequestParam(required = false) String school,
            @Parameter(description = "the code of a unit to one of whose posts it was offered", example = "jijiao")
                    @RequestParam(required = false)
                    String unit,
            @Parameter(
                            description =
                                    "by working days: long (late for more than five), late, today, next, soon (within five), later")
                    @RequestParam(required = false)
                    String due,
            @Parameter(description = "contained in case number, title or school, case ignored")
                    @RequestParam(required = false)
                    String q,
            @Parameter(description = "due (soonest first) or newest") @RequestParam(defaultValue = "due") String sort,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) String cursor,
            @Parameter(description = "1 to 100, 20 when absent") @RequestParam(required = false) Integer size) {
        TaskQuery query = new TaskQuery(
                Choices.of("view", TaskQuery.View.class, view),
                overdue,
                Choices.blankToNull(process),
                Choices.blankToNull(school),
                Choices.blankToNull(unit),
                window(due),
                q,
                Choices.of("sort", TaskQuery.Sort.class, sort),
                cursor,
                Slice.size(size));
        return inbox.list(query, users.require());
    }

    private static DueWindow window(String due) {
        String code = Choices.blankToNull(due);
        DueWindow window = DueWindow.find(code);
        if (code != null && window == null) {
            throw ValidationException.of("due", "choice", "shared.field.choice");
        }
        return window;
    }

    /**
     * The open tasks of a unit.
     *
     * @param type BUREAU, DEPARTMENT, DISTRICT, SCHOOL, BODY or TEAM
     * @param district the code of a school's district, null for others
     * @param tasks how many by the codes of {@code due}, zeros left out
     */
    record SupervisedUnit(
            String code,
            String name,
            @Schema(example = "SCHOOL") String type,
            String district,
            int late,
            Map<String, Integer> tasks,
            int all) {}

    @Operation(
            summary = "The open tasks of others by unit and by how far they are from their day, most late first",
            description =
                    "What the person may see. Windows as in the filter due of the list, whose filter unit shows the tasks.")
    @GetMapping("/supervision")
    Slice<SupervisedUnit> supervision(
            @Parameter(example = "SCHOOL") @RequestParam(required = false) UnitType type,
            @Parameter(example = "D1") @RequestParam(required = false) String district,
            @RequestParam(required = false) String cursor,
            @Parameter(description = "1 to 100, 20 when absent") @RequestParam(required = false) Integer size) {
        return supervision
                .overview(
                        new Supervision.Query(type, Choices.blankToNull(district), cursor, Slice.size(size)),
                        users.require())
                .units()
                .map(row -> new SupervisedUnit(
                        row.code(),
                        row.name(),
                        row.type().name(),
                        row.district(),
                        row.late(),
                        row.tasks().entrySet().stream()
                                .collect(Collectors.toMap(
                                        entry -> entry.getKey().code(),
                                        Map.Entry::getValue,
                                        Integer::sum,
                                        LinkedHashMap::new)),
                        row.all()));
    }

    /**
     * A task as it was when chosen.
     *
     * @param version of the task when it was shown
     */
    record Chosen(
            @NotBlank String id,
            @NotNull @Schema(example = "1") Integer version) {}

    /**
     * What is done with many tasks.
     *
     * @param action claim, assign or complete
     * @param username to whom they are handed over; for assign
     * @param reason the reason of the hand over, or the opinion common to all completions
     */
    record Bulk(
            @Schema(example = "complete") String action,
            @NotNull @Valid List<Chosen> items,
            String username,
            String reason) {}

    /**
     * What came of one of them.
     *
     * @param outcome done, refused or gone (changed, taken, over or no longer seen)
     * @param problem why it was not done, in words; null when done
     */
    record BulkResult(
            String id,
            String caseNumber,
            @Schema(example = "done") String outcome,
            String problem) {}

    @Operation(
            summary = "Take, hand over or complete many tasks",
            description =
                    "Up to 100, each by its own right and in its own transaction; the answers are in the order asked. Only some steps"
                            + " are completed many at once, with the decision fixed for them: approveClosure approves, checkWork"
                            + " passes; others are refused. 422 for none, for more than 100, and for a hand over without person or reason.")
    @PostMapping("/bulk")
    List<BulkResult> bulk(@Valid @RequestBody Bulk asked) {
        return bulk
                .carryOut(
                        Choices.of("action", BulkTasks.Action.class, asked.action()),
                        asked.items().stream()
                                .map(item -> new BulkTasks.Item(item.id(), item.version()))
                                .toList(),
                        asked.username(),
                        asked.reason(),
                        users.require())
                .stream()
                .map(result -> new BulkResult(
                        result.id(),
                        result.caseNumber(),
                        result.outcome().name().toLowerCase(Locale.ROOT),
                        result.problem()))
                .toList();
    }

    @Operation(summary = "One task, open or done")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(ITEM_EXAMPLE)))
    @GetMapping("/{id}")
    TaskItem find(@PathVariable String id) {
        return inbox.find(id, users.require());
    }

    @Operation(
            summary = "The form of an open task",
            description =
                    "A form-js schema in the language of the request, what it shows when opened, and the version to"
                            + " send back with the completion.")
    @GetMapping("/{id}/form")
    Inbox.TaskForm form(@PathVariable String id) {
        return inbox.form(id, users.require());
    }

    /**
     * What is typed and not submitted.
     *
     * @param version of the task when its form was opened
     * @param values by field key
     */
    record Typed(@NotNull @Schema(example = "1") Integer version, Map<String, Object> values) {}

    /** When a draft was kept. */
    record Kept(OffsetDateTime at) {}

    @Operation(
            summary = "Keep what is typed into the form of a task",
            description =
                    "In place of what was kept before; the form answers it as draft, to this person only, until the task ends.")
    @PutMapping("/{id}/draft")
    Kept keepDraft(@PathVariable String id, @Valid @RequestBody Typed typed) {
        return new Kept(inbox.keepDraft(id, typed.version(), typed.values(), users.require()));
    }

    @Operation(summary = "Forget what was typed into the form of a task")
    @DeleteMapping("/{id}/draft")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void dropDraft(@PathVariable String id) {
        inbox.dropDraft(id, users.require());
    }

    @Operation(
            summary = "Take a task",
            description =
                    "409 already-claimed when somebody else has it, but for one on leave for whom one stands in: it is taken over then.")
    @PostMapping("/{id}/claim")
    TaskItem claim(@PathVariable String id) {
        return inbox.claim(id, users.require());
    }

    @Operation(summary = "Give a task back to the posts it was offered to")
    @PostMapping("/{id}/unclaim")
    TaskItem unclaim(@PathVariable String id) {
        return inbox.unclaim(id, users.require());
    }

    @Operation(
            summary = "Hand a task over",
            description =
                    "By who has it, by a holder of a post it was offered to, or by who supervises it; to somebody whom"
                            + " the case's rules allow, else 422.")
    @PostMapping("/{id}/assign")
    TaskItem assign(@PathVariable String id, @Valid @RequestBody Assignment assignment) {
        return inbox.assign(id, assignment.username(), assignment.reason(), users.require());
    }

    @Operation(
            summary = "Complete a task",
            description = "Claims it first where nobody has it. Refused as a whole: 409 stale-version, already-claimed,"
                    + " not-active, or question-open while a colleague is asked and withdrawQuestion is not true; 422 with"
                    + " an entry for every field at fault.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples = {
                                @ExampleObject(
                                        name = "signForIssue",
                                        value = "{\"version\": 1, \"values\": {\"decision\": \"sign\"}}"),
                                @ExampleObject(name = "rectifyIssue", value = """
                                                {"version": 2, "values": {"measures": "增设护学岗并错峰放学",
                                                 "result": "拥堵时间由二十分钟缩短到五分钟", "completedOn": "2026-03-18",
                                                 "beforeFiles": [], "afterFiles": ["0b7c8f0a-5a53-4c0e-9d3a-3f1f1f0b6a11"]}}
                                                """),
                                @ExampleObject(name = "verifyRectification", value = """
                                                {"version": 1, "values": {"decision": "fail", "mode": "onSite",
                                                 "points": [{"point": "护学岗到岗", "ok": false, "note": "下午无人"}],
                                                 "returnCode": "incomplete"}}
                                                """)
                            }))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            examples =
                                    @ExampleObject(
                                            "{\"caseNumber\": \"2026-WT-00042\", \"caseStatus\": \"verifying\", \"nextTasks\": []}")))
    @PostMapping("/{id}/complete")
    Inbox.Completed complete(@PathVariable String id, @Valid @RequestBody Completion completion) {
        Map<String, Object> values = completion.values() == null ? Map.of() : completion.values();
        return inbox.complete(
                id, completion.version(), values, Boolean.TRUE.equals(completion.withdrawQuestion()), users.require());
    }

    @Operation(
            summary =
                    "The remarks on a task, the reasons of its hand overs, questions to colleagues and their answers, oldest first")
    @GetMapping("/{id}/comments")
    List<TaskComment> comments(@PathVariable String id) {
        TaskItem task = inbox.find(id, users.require());
        return inbox.comments(task.caseNumber(), users.require()).stream()
                .filter(comment -> comment.taskId().equals(id))
                .toList();
    }

    @Operation(
            summary = "Remark on a task",
            description =
                    "Seen by all who see the case. Tells who has the task, who remarked before, and those in mentions, who must be"
                            + " able to see the case, else 422.")
    @PostMapping("/{id}/comments")
    @ResponseStatus(HttpStatus.CREATED)
    TaskComment comment(@PathVariable String id, @Valid @RequestBody Remark remark) {
        return inbox.comment(id, remark.text(), remark.mentions(), users.require());
    }

    @Operation(
            summary = "Store a file for a field of the task's form",
            description =
                    "The form's file fields hold lists of the ids answered here. Whoever may complete the task may add"
                            + " files to it, also while nobody has taken it.")
    @PostMapping(path = "/{id}/attachments", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    StoredFile attach(@PathVariable String id, @RequestParam("file") MultipartFile file) {
        try (InputStream bytes = file.getInputStream()) {
            return StoredFile.of(inbox.attach(id, file.getOriginalFilename(), bytes, users.require()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
