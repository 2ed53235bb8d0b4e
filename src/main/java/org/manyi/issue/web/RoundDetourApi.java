package org.manyi.issue.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.RoundDetours;
import org.manyi.security.CurrentUsers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The detours of an issue's round by API. */
@RestController
@RequestMapping("/api/v1/issues")
@Tag(name = "Issues")
class RoundDetourApi {

    private final RoundDetours detours;
    private final CurrentUsers users;

    RoundDetourApi(RoundDetours detours, CurrentUsers users) {
        this.detours = detours;
        this.users = users;
    }

    /**
     * A request to put a round on the shelf.
     *
     * @param version of the issue as last read
     */
    record Shelving(
            @NotNull @Schema(example = "6") Integer version,

            @Schema(example = "改造须等暑假停课后施工", minLength = 2, maxLength = 500)
            String reason,

            @Schema(
                    example = "2026-07-06",
                    description = "a working day in the future, within 180 days unless set otherwise")
            LocalDate reviewOn) {}

    /**
     * Something done for a reason.
     *
     * @param version of the issue as last read
     */
    record Reasoned(
            @NotNull @Schema(example = "7") Integer version,

            @Schema(example = "施工队已提前进场", minLength = 2, maxLength = 500)
            String reason) {}

    /**
     * Another unit to help.
     *
     * @param version of the issue as last read
     */
    record Help(
            @NotNull @Schema(example = "7") Integer version,

            @Schema(example = "D1", requiredMode = Schema.RequiredMode.REQUIRED)
            String unitCode,

            @Schema(example = "校门外的路段由学区协调", minLength = 2, maxLength = 500)
            String reason) {}

    @Operation(
            summary = "Ask to put the current round on the shelf",
            description =
                    "By the lead unit or the responsible department while it is rectified; the deputy in whose remit the"
                            + " department lies decides. Approved, the issue is shelved and its deadline rests. 409"
                            + " stale-version or not-active, 403 for others.")
    @PostMapping("/{number}/actions/shelve")
    IssueDetail shelve(@PathVariable String number, @Valid @RequestBody Shelving asked) {
        return detours.shelve(number, asked.version(), asked.reason(), asked.reviewOn(), users.require());
    }

    @Operation(
            summary = "Take an issue off the shelf",
            description =
                    "By the responsible department or its leader at any time; the round goes on with the working days that"
                            + " it had left, at least one.")
    @PostMapping("/{number}/actions/resume")
    IssueDetail resume(@PathVariable String number, @Valid @RequestBody Reasoned asked) {
        return detours.resume(number, asked.version(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Ask another unit to help",
            description =
                    "By the responsible department, or a department that leads; the unit sees the issue from then on and gets"
                            + " its own task while the round runs. 400 for the lead unit, one that helps already, or one from"
                            + " which the issue is kept.")
    @PostMapping("/{number}/actions/addCoUnit")
    IssueDetail addCoUnit(@PathVariable String number, @Valid @RequestBody Help asked) {
        return detours.addCoUnit(number, asked.version(), asked.unitCode(), asked.reason(), users.require());
    }

    @Operation(
            summary = "Find a stage of a long-term matter complete",
            description =
                    "By the responsible department while the matter is reported on by periods; verification follows as"
                            + " usual.")
    @PostMapping("/{number}/actions/completeStage")
    IssueDetail completeStage(@PathVariable String number, @Valid @RequestBody Reasoned asked) {
        return detours.completeStage(number, asked.version(), asked.reason(), users.require());
    }

    @Operation(
            summary = "What rests on the shelf",
            description =
                    "The count of all that one may see, and the first hundred with their days, soonest review first.")
    @GetMapping("/shelved")
    RoundDetours.Shelf shelf() {
        return detours.shelf(users.require());
    }
}
