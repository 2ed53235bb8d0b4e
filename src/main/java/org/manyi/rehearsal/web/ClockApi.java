package org.manyi.rehearsal.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.OffsetDateTime;
import org.manyi.rehearsal.Rehearsal;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The movable clock, for the system administrator where rehearsals are switched on. */
@RestController
@RequestMapping("/api/v1/rehearsal/clock")
@ConditionalOnProperty(name = "manyi.rehearsal.enabled", havingValue = "true")
@Tag(name = "Clock")
class ClockApi {

    private final Rehearsal rehearsal;

    ClockApi(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /**
     * Where to move the clock.
     *
     * @param to an instant with offset, not before now
     */
    record Move(@NotNull OffsetDateTime to) {}

    @GetMapping
    @Operation(summary = "Where the business clock stands")
    Rehearsal.Moved now() {
        return rehearsal.now();
    }

    @PostMapping
    @Operation(summary = "Move the business clock forward and run everything that falls due on the way")
    Rehearsal.Moved move(@Valid @RequestBody Move move) {
        return rehearsal.moveTo(move.to().toInstant());
    }
}
