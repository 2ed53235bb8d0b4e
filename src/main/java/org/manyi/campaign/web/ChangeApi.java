package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import org.manyi.campaign.PlanAdjustments;
import org.manyi.campaign.PlanAdjustments.Adjustment;
import org.manyi.campaign.PlanAdjustments.Affected;
import org.manyi.campaign.PlanAdjustments.Move;
import org.manyi.security.CurrentUsers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes of running plans by API. */
@RestController
@RequestMapping("/api/v1/campaigns/{id}")
@Tag(name = "Campaigns")
class ChangeApi {

    private final PlanAdjustments adjustments;
    private final CurrentUsers users;

    ChangeApi(PlanAdjustments adjustments, CurrentUsers users) {
        this.adjustments = adjustments;
        this.users = users;
    }

    /** Dates to be looked at. */
    record Preview(@NotEmpty List<Move> moves) {}

    /** What the moves would change. */
    record Effects(List<Affected> affected) {}

    /** Dates to be moved. */
    record Dates(@NotNull Integer version, @NotEmpty List<Move> moves, String reason) {}

    /**
     * Schools that join or leave.
     *
     * @param joining codes, null for none
     * @param leaving codes, null for none
     */
    record Schools(@NotNull Integer version, Set<String> joining, Set<String> leaving, String reason) {}

    /** The changes of a running plan. */
    record Changes(List<Adjustment> items) {}

    @Operation(summary = "The changes of a running plan and how far they are, the newest first")
    @GetMapping("/changes")
    Changes changes(@PathVariable String id) {
        return new Changes(adjustments.of(id, users.require()));
    }

    @Operation(summary = "What moving dates would change; nothing is written")
    @PostMapping("/dates/preview")
    Effects preview(@PathVariable String id, @Valid @RequestBody Preview asked) {
        return new Effects(adjustments.preview(id, asked.moves(), users.require()));
    }

    @Operation(
            summary = "Move dates of a running plan",
            description = "What runs follows in the background; `changes` says how far it is.")
    @PostMapping("/dates")
    Changes move(@PathVariable String id, @Valid @RequestBody Dates asked) {
        adjustments.move(id, asked.version(), asked.moves(), asked.reason(), users.require());
        return changes(id);
    }

    @Operation(summary = "Let schools join a running year, or leave it")
    @PostMapping("/participants")
    Changes changeSchools(@PathVariable String id, @Valid @RequestBody Schools asked) {
        adjustments.changeSchools(
                id,
                asked.version(),
                asked.joining() == null ? Set.of() : asked.joining(),
                asked.leaving() == null ? Set.of() : asked.leaving(),
                asked.reason(),
                users.require());
        return changes(id);
    }
}
