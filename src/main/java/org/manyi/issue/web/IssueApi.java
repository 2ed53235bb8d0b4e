package org.manyi.issue.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.IssueItem;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/** Issues by API. */
@RestController
@RequestMapping("/api/v1/issues")
@Tag(name = "Issues")
class IssueApi {

    private static final String ITEM_EXAMPLE = """
            {"number": "2026-WT-00042", "title": "放学时段校门口拥堵", "kind": "appeal", "source": "hotline",
             "category": "transport", "severity": "medium", "school": {"code": "S0001", "name": "第一小学"},
             "district": {"code": "D1", "name": "第一学区"}, "status": "rectifying", "rectification": "immediate",
             "urgency": "normal", "department": {"code": "anquan", "name": "安全科"},
             "leadUnit": {"code": "S0001", "name": "第一小学"}, "round": 1, "supervised": false, "dueDate": "2026-03-19",
             "provisional": false, "overdue": false, "card": "none", "raisedAt": "2026-03-12T09:30:00+08:00",
             "closedAt": null, "version": 6}
            """;

    private static final String DETAIL_EXAMPLE = """
            {"number": "2026-WT-00042", "title": "放学时段校门口拥堵", "description": "家长反映放学时双排停车，孩子从车缝里走。",
             "kind": "appeal", "source": "hotline", "category": "transport", "severity": "medium",
             "school": {"code": "S0001", "name": "第一小学"}, "district": {"code": "D1", "name": "第一学区"},
             "reporterKnown": true, "reporter": {"name": "张*", "phone": "139****0101"}, "concerns": "nobody",
             "childSafety": false, "status": "rectifying", "rectification": "immediate",
             "terms": {"basis": null, "goal": null, "leader": "测试领导"}, "urgency": "normal",
             "department": {"code": "anquan", "name": "安全科"}, "leadUnit": {"code": "S0001", "name": "第一小学"},
             "coUnits": [], "round": 1, "supervised": false, "dueDate": "2026-03-19", "provisional": false,
             "overdue": false, "card": "none", "answer": null, "takenUp": false, "question": null, "mergedInto": null,
             "merged": [], "suggestion": {"department": {"code": "anquan", "name": "安全科"},
             "unit": {"code": "S0001", "name": "第一小学"}, "rectification": "immediate", "workingDays": 3,
             "urgency": "urgent", "note": "safetyUrgent"}, "raisedBy": {"username": "office", "name": "办公室"},
             "raisedAt": "2026-03-12T09:30:00+08:00", "closedAt": null, "version": 6, "actions": [], "attachments": [],
             "tasks": [], "rounds": [{"number": 1, "cause": "first", "supervised": false,
             "unit": {"code": "S0001", "name": "第一小学"}, "openedAt": "2026-03-13T10:00:00+08:00", "dueDate": "2026-03-19",
             "provisional": false, "measures": null, "result": null, "completedOn": null, "beforeFiles": [],
             "afterFiles": [], "rectifiedBy": null, "submittedAt": null, "team": null, "verifiedBy": null,
             "verifiedAt": null, "decision": null, "mode": null, "points": [], "returnCode": null, "overdueAt": null,
             "extensions": []}], "contacts": [], "history": [{"at": "2026-03-12T09:30:00+08:00",
             "actor": {"username": "office", "name": "办公室"}, "event": "IssueRaised", "from": null, "to": "registered",
             "reason": null}], "shelved": null, "longTerm": null}
            """;

    private static final String REPORT_EXAMPLE = """
            {"title": "放学时段校门口拥堵", "description": "家长反映放学时双排停车，孩子从车缝里走。",
             "kind": "appeal", "source": "hotline", "category": "transport", "severity": "medium",
             "schoolCode": "S0001", "reporter": {"name": "张某某", "phone": "13900000101"}}
            """;

    private final Issues issues;
    private final CurrentUsers users;

    IssueApi(Issues issues, CurrentUsers users) {
        this.issues = issues;
        this.users = users;
    }

    /**
     * An issue to be raised; unknown values and limits are answered field by field.
     *
     * @param childSafety null is false
     * @param confirmNotDuplicate null is false
     */
    record Report(
            @Schema(example = "放学时段校门口拥堵", requiredMode = Schema.RequiredMode.REQUIRED, minLength = 4, maxLength = 100)
            String title,

            @Schema(example = "家长反映放学时双排停车，孩子从车缝里走。", maxLength = 4000)
            String description,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"appeal", "complaint", "suggestion", "consultation"})
            String kind,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {
                        "survey",
                        "homeVisit",
                        "phone",
                        "hotline",
                        "inspection",
                        "receptionDay",
                        "selfCheck",
                        "publicFeedback",
                        "higherReport"
                    })
            String source,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "transport")
            String category,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"low", "medium", "high"})
            String severity,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "S0001")
            String schoolCode,

            Reporter reporter,
            Boolean childSafety,

            @Schema(allowableValues = {"nobody", "staff", "head"})
            String concerns,

            @Schema(example = "staff001") String concernsUser,
            List<String> attachmentIds,
            Boolean confirmNotDuplicate) {

        NewIssue asNewIssue() {
            return new NewIssue(
                    title,
                    description,
                    kind,
                    source,
                    category,
                    severity,
                    schoolCode,
                    reporter == null ? null : new NewIssue.Reporter(reporter.name(), reporter.phone()),
                    Boolean.TRUE.equals(childSafety),
                    concerns,
                    concernsUser,
                    attachmentIds,
                    Boolean.TRUE.equals(confirmNotDuplicate));
        }
    }

    /** Who reported it. */
    record Reporter(
            @Schema(example = "张某某", maxLength = 40) String name,

            @Schema(example = "13900000101", requiredMode = Schema.RequiredMode.REQUIRED)
            String phone) {}

    /**
     * A request for more time.
     *
     * @param version of the issue as last read
     */
    record ExtensionRequest(
            @NotNull @Schema(example = "6") Integer version,

            @NotNull @Schema(example = "3", minimum = "1", maximum = "10")
            Integer workingDays,

            @Schema(example = "配件需外地发货，预计周四到", minLength = 2, maxLength = 500)
            String reason) {}

    /**
     * Something done to an issue beside its tasks.
     *
     * @param version of the issue as last read
     */
    record Act(
            @NotNull @Schema(example = "6") Integer version,

            @Schema(example = "家长来电说已经自行解决", minLength = 2, maxLength = 500)
            String reason) {}

    /** Another unit for an issue. */
    record ChangeUnit(
            @NotNull @Schema(example = "6") Integer version,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "D1")
            String unitCode,

            @Schema(example = "围墙归学区维护", minLength = 2, maxLength = 500)
            String reason) {}

    /** The issue of the same school in which this one is dealt with. */
    record Merge(
            @NotNull @Schema(example = "6") Integer version,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "2026-WT-00041")
            String into,

            @Schema(example = "同一段围墙", minLength = 2, maxLength = 500)
            String reason) {}

    /** The step from which an issue goes on. */
    record MoveTo(
            @NotNull @Schema(example = "6") Integer version,

            @Schema(
                    requiredMode = Schema.RequiredMode.REQUIRED,
                    allowableValues = {"triage", "toSign", "rectifying", "callback", "approving"})
            String step,

            @Schema(example = "派错科室，重新研判", minLength = 2, maxLength = 500)
            String reason) {}

    /** Why the reporter's data are needed now. */
    record Reveal(
            @Schema(example = "首次联系反映人", minLength = 2, maxLength = 200)
            String reason) {}

    @Operation(
            summary = "Raise an issue",
            description =
                    "Departments, districts, leaders and inspectors raise issues; a school only its own selfCheck (else 403)."
                            + " 409 possible-duplicate names similar issues of the school that the asker may see;"
                            + " confirmNotDuplicate passes. A matter of a child's safety goes to its confidential handler at"
                            + " once and is not seen by the raiser again. Put no names into title and description.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(REPORT_EXAMPLE)))
    @ApiResponse(
            responseCode = "201",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = IssueDetail.class),
                            examples = @ExampleObject(DETAIL_EXAMPLE)))
    @PostMapping
    ResponseEntity<IssueDetail> raise(@RequestBody Report report) {
        IssueDetail raised = issues.raise(report.asNewIssue(), users.require());
        return ResponseEntity.created(
                        UriComponentsBuilder.fromPath("/api/v1/issues/{number}").build(raised.number()))
                .body(raised);
    }

    @Operation(
            summary = "A page of the ledger",
            description =
                    "Newest first unless sort says otherwise; without a filter all that one may see, closed ones included."
                            + " Counts stop at 1000.")
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
    Slice<IssueItem> list(
            @Parameter(description = "one or several statuses", example = "rectifying") @RequestParam(required = false)
                    List<String> status,
            @Parameter(example = "S0001") @RequestParam(required = false) String school,
            @Parameter(example = "D1") @RequestParam(required = false) String district,
            @Parameter(description = "the responsible department", example = "anquan") @RequestParam(required = false)
                    String department,
            @Parameter(description = "the lead unit", example = "S0001") @RequestParam(required = false) String unit,
            @Parameter(example = "transport") @RequestParam(required = false) String category,
            @Parameter(example = "hotline") @RequestParam(required = false) String source,
            @Parameter(example = "appeal") @RequestParam(required = false) String kind,
            @Parameter(description = "true for those whose round is past its last day")
                    @RequestParam(defaultValue = "false")
                    boolean overdue,
            @Parameter(description = "true for long-term ones whose last period passed without a report")
                    @RequestParam(defaultValue = "false")
                    boolean reportMissing,
            @Parameter(description = "none, yellow or red") @RequestParam(required = false) String card,
            @Parameter(description = "contained in number, title or school, case ignored")
                    @RequestParam(required = false)
                    String q,
            @Parameter(description = "raised on this day or later", example = "2026-03-01")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate from,
            @Parameter(description = "raised on this day or earlier", example = "2026-03-31")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate to,
            @Parameter(description = "low, medium or high") @RequestParam(required = false) String severity,
            @Parameter(description = "immediate, dated or longTerm") @RequestParam(required = false)
                    String rectification,
            @Parameter(description = "the round's last day is this day or later", example = "2026-03-01")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate dueFrom,
            @Parameter(description = "the round's last day is this day or earlier", example = "2026-03-31")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate dueTo,
            @Parameter(description = "work on it ended on this day or later", example = "2026-03-01")
                    @RequestParam(required = false)
                    @DateTimeFormat(iso = DateTimeFormat.ISO.DATE)
                    LocalDate closedFrom,
            @Parameter(description = "true for those that came back twice or more before they were closed")
                    @RequestParam(defaultValue = "false")
                    boolean redone,
            @Parameter(description = "true for those that came back after they were closed")
                    @RequestParam(defaultValue = "false")
                    boolean recurring,
            @Parameter(
                            description = "newest; due: soonest first, only those whose round runs; longestOpen: oldest"
                                    + " first, only open ones")
                    @RequestParam(required = false)
                    String sort,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) String cursor,
            @Parameter(description = "1 to 100, 20 when absent") @RequestParam(required = false) Integer size) {
        IssueFilters filters = new IssueFilters(
                status,
                school,
                district,
                department,
                unit,
                category,
                source,
                kind,
                overdue,
                reportMissing,
                card,
                q,
                from,
                to,
                severity,
                rectification,
                dueFrom,
                dueTo,
                closedFrom,
                redone,
                recurring,
                sort);
        return issues.list(filters.asQuery(cursor, Slice.size(size)), users.require());
    }

    @Operation(summary = "One issue with its tasks, rounds and history")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, examples = @ExampleObject(DETAIL_EXAMPLE)))
    @GetMapping("/{number}")
    IssueDetail find(@Parameter(example = "2026-WT-00042") @PathVariable String number) {
        return issues.find(number, users.require());
    }

    @Operation(
            summary = "Ask for more time in the current round",
            description =
                    "By the unit that rectifies it, before the deadline, one request at a time; the responsible department"
                            + " decides. 409 stale-version or not-active, 403 for other units.")
    @PostMapping("/{number}/actions/requestExtension")
    IssueDetail requestExtension(@PathVariable String number, @Valid @RequestBody ExtensionRequest asked) {
        return issues.requestExtension(number, asked.version(), asked.workingDays(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Take an issue back",
            description = "By whoever raised it or the responsible department, before closure; all that is open ends."
                    + " 409 stale-version or not-active, 403 for others.")
    @PostMapping("/{number}/actions/withdraw")
    IssueDetail withdraw(@PathVariable String number, @Valid @RequestBody Act asked) {
        return issues.act(number, IssueAction.WITHDRAW, asked.version(), null, asked.reason(), users.require());
    }

    @Operation(
            summary = "Open an issue again",
            description =
                    "By the responsible department or the office, closed or answered, under the same number: a closed one"
                            + " has another round, an answered one goes back to triage. 409 stale-version or not-active, 403 for others.")
    @PostMapping("/{number}/actions/reopen")
    IssueDetail reopen(@PathVariable String number, @Valid @RequestBody Act asked) {
        return issues.act(number, IssueAction.REOPEN, asked.version(), null, asked.reason(), users.require());
    }

    @Operation(
            summary = "Give an issue to another unit",
            description =
                    "By the responsible department, until the rectification is verified and unless a leader has decided;"
                            + " the new unit signs anew. 409 stale-version or not-active, 403 for others.")
    @PostMapping("/{number}/actions/changeUnit")
    IssueDetail changeUnit(@PathVariable String number, @Valid @RequestBody ChangeUnit asked) {
        return issues.act(
                number, IssueAction.CHANGE_UNIT, asked.version(), asked.unitCode(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Merge an issue into another",
            description =
                    "By the responsible department or the office, into an open issue of the same school that one sees;"
                            + " an issue with a reporter only into one with a reporter. 409 stale-version or not-active, 403 for others.")
    @PostMapping("/{number}/actions/merge")
    IssueDetail merge(@PathVariable String number, @Valid @RequestBody Merge asked) {
        return issues.act(number, IssueAction.MERGE, asked.version(), asked.into(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Move an issue to another step",
            description =
                    "By the head of the office or the chair; only to a step for which the issue has what it needs: a unit"
                            + " to sign or rectify, a verified round to call back or approve. 409 stale-version or not-active, 403 for"
                            + " others.")
    @PostMapping("/{number}/actions/moveTo")
    IssueDetail moveTo(@PathVariable String number, @Valid @RequestBody MoveTo asked) {
        return issues.act(number, IssueAction.MOVE_TO, asked.version(), asked.step(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Read the reporter's name and phone",
            description =
                    "For whoever has the task of contacting or calling the reporter; kept in the history with the reason.")
    @PostMapping("/{number}/reporter/reveal")
    NewIssue.Reporter reveal(@PathVariable String number, @RequestBody Reveal reveal) {
        return issues.revealReporter(number, reveal.reason(), users.require());
    }
}
