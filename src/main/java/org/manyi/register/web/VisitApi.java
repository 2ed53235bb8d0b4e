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
import org.manyi.register.ContactVisits;
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

/** The contact leaders' log by API. */
@RestController
@RequestMapping("/api/v1/registers/visits")
@Tag(name = "Registers")
class VisitApi {

    private final ContactVisits visits;
    private final CurrentUsers users;

    VisitApi(ContactVisits visits, CurrentUsers users) {
        this.visits = visits;
        this.users = users;
    }

    /**
     * An entry to be made.
     *
     * @param kind {@code visit}, {@code call} or {@code meeting}
     * @param issue the number of an issue, null for none
     */
    record NewVisit(
            @Schema(example = "S0001") String school,
            LocalDate day,
            @Schema(example = "visit") String kind,
            String found,
            String agreed,
            @Schema(example = "2026-WT-00042") String issue) {}

    /** An entry as it is to be; all of it. */
    record Correction(
            @NotNull Integer version,
            String school,
            LocalDate day,
            String kind,
            String found,
            String agreed,
            String issue) {}

    /** An entry as a version says it. */
    record Visit(
            String number,
            String leader,
            String school,
            String schoolName,
            LocalDate day,
            String kind,
            String found,
            String agreed,
            String issue,
            int version,
            String writtenBy,
            OffsetDateTime writtenAt) {

        static Visit of(ContactVisits.Entry entry) {
            return new Visit(
                    entry.number(),
                    entry.leader(),
                    entry.school(),
                    entry.schoolName(),
                    entry.day(),
                    entry.kind().code(),
                    entry.found(),
                    entry.agreed(),
                    entry.issue(),
                    entry.version(),
                    entry.writtenByName(),
                    entry.writtenAt());
        }
    }

    /** An entry and what it said before, the newest first. */
    record Versions(Visit visit, List<Visit> earlier) {}

    /** A leader in the report. */
    record Leader(
            String leader,
            String name,
            int visits,
            int calls,
            int meetings,
            int schools,
            long reached,
            List<String> schoolsReached,
            List<String> schoolsMissed,
            List<Visit> entries) {

        static Leader of(ContactVisits.LeaderReport report) {
            return new Leader(
                    report.leader(),
                    report.leaderName(),
                    report.visits(),
                    report.calls(),
                    report.meetings(),
                    report.schools().size(),
                    report.reached(),
                    report.schools().stream()
                            .filter(ContactVisits.School::reached)
                            .map(ContactVisits.School::code)
                            .toList(),
                    report.missed().stream().map(ContactVisits.School::code).toList(),
                    report.entries().stream().map(Visit::of).toList());
        }
    }

    /** What leaders did in a period. */
    record Report(LocalDate from, LocalDate to, List<Leader> leaders) {}

    @Operation(summary = "The log of calls and visits as far as one sees it, the latest day first")
    @GetMapping
    Slice<Visit> list(@RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        return visits.list(cursor, Slice.size(size), users.require()).map(Visit::of);
    }

    @Operation(summary = "Enter a call or a visit", description = "By a contact leader, to one of his schools.")
    @PostMapping
    ResponseEntity<Versions> enter(@Valid @RequestBody NewVisit asked) {
        String number = visits.enter(
                new ContactVisits.Facts(
                        asked.school(), asked.day(), asked.kind(), asked.found(), asked.agreed(), asked.issue()),
                users.require());
        return ResponseEntity.created(UriComponentsBuilder.fromPath("/api/v1/registers/visits/{number}")
                        .build(number))
                .body(find(number));
    }

    @Operation(summary = "An entry and what it said before")
    @GetMapping("/{number}")
    Versions find(@Parameter(example = "2026-LX-0001") @PathVariable String number) {
        List<Visit> all =
                visits.versions(number, users.require()).stream().map(Visit::of).toList();
        return new Versions(all.get(0), all.subList(1, all.size()));
    }

    @Operation(summary = "Correct an entry", description = "What it said before is kept.")
    @PostMapping("/{number}/correct")
    Versions correct(@PathVariable String number, @Valid @RequestBody Correction asked) {
        visits.correct(
                number,
                asked.version(),
                new ContactVisits.Facts(
                        asked.school(), asked.day(), asked.kind(), asked.found(), asked.agreed(), asked.issue()),
                users.require());
        return find(number);
    }

    @Operation(
            summary = "What leaders did in a period",
            description =
                    "Both days in it, at most a year; without days the present month. A school counts as reached by any entry.")
    @GetMapping("/report")
    Report report(@RequestParam(required = false) LocalDate from, @RequestParam(required = false) LocalDate to) {
        ContactVisits.Report report = visits.report(from, to, users.require());
        return new Report(
                report.from(),
                report.to(),
                report.leaders().stream().map(Leader::of).toList());
    }
}
