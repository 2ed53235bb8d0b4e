package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.WorkReviews;
import org.manyi.campaign.WorkReviews.Result;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Checking many pieces of work by API. */
@RestController
@RequestMapping("/api/v1/campaigns/{id}/reviews")
@Tag(name = "Campaigns")
class ReviewApi {

    private final WorkReviews reviews;
    private final CurrentUsers users;

    ReviewApi(WorkReviews reviews, CurrentUsers users) {
        this.reviews = reviews;
        this.users = users;
    }

    /** Something to check. */
    record ToCheck(
            String taskId, int version, CampaignApi.Work work, String unitName, String report, String lastYear) {}

    /**
     * What is decided about one.
     *
     * @param decision {@code pass} or {@code return}
     */
    record Decision(
            @NotNull String taskId,
            @NotNull Integer version,
            @NotNull String decision,
            String reason,
            LocalDate newDue) {}

    /** What is decided, 100 at most. */
    record Decisions(@NotNull List<@Valid Decision> items) {}

    /** What came of each. */
    record Results(List<Result> items) {}

    @Operation(summary = "What waits for one to be checked, with last year's words")
    @GetMapping
    Slice<ToCheck> list(
            @PathVariable String id,
            @RequestParam(required = false) String node,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        return reviews.list(id, node, cursor, Slice.size(size), users.require())
                .map(one -> new ToCheck(
                        one.taskId(),
                        one.version(),
                        CampaignApi.Work.of(one.work().item()),
                        one.work().unitName(),
                        one.work().report(),
                        one.work().before() == null ? null : one.work().before().report()));
    }

    @Operation(
            summary = "Decide up to 100, each by itself",
            description = "What is refused says why and leaves the others alone.")
    @PostMapping
    Results decide(@PathVariable String id, @Valid @RequestBody Decisions decisions) {
        return new Results(reviews.decide(
                decisions.items().stream()
                        .map(one -> new WorkReviews.Decision(
                                one.taskId(), one.version(), "pass".equals(one.decision()), one.reason(), one.newDue()))
                        .toList(),
                users.require()));
    }
}
