package org.manyi.register.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import org.manyi.register.Publicity;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the survey line was made known, by API. */
@RestController
@RequestMapping("/api/v1/registers")
@Tag(name = "Registers")
class PublicityApi {

    private final Publicity publicity;
    private final CurrentUsers users;
    private final MovableClock clock;

    PublicityApi(Publicity publicity, CurrentUsers users, MovableClock clock) {
        this.publicity = publicity;
        this.users = users;
        this.clock = clock;
    }

    /**
     * How many families a school has in a year.
     *
     * @param version 0 before there is one
     */
    record Families(
            @NotNull Integer year,
            Integer families,
            @NotNull Integer version) {}

    /**
     * What was done.
     *
     * @param means {@code meeting}, {@code visit}, {@code account}, {@code letter} or {@code chat}
     * @param template the id of a shipped template for these means
     */
    record NewEntry(
            @Schema(example = "letter") String means,
            LocalDate day,
            Integer reached,
            @Schema(example = "letter-1") String template) {}

    /** An entry to be taken back. */
    record RemovedEntry(@NotNull String number) {}

    /** What was done, as it is kept. */
    record Entry(String number, String means, LocalDate day, int reached, String template) {}

    /** A school's entries of a year. */
    record Register(int year, Publicity.School school, List<Entry> entries) {}

    /** A text that may be given out. */
    record Template(String id, String means, String titleZh, String textZh, String titleEn, String textEn) {}

    /** All texts. */
    record Templates(List<Template> items) {}

    @Operation(summary = "The texts that may be given out, as they are shipped")
    @GetMapping("/publicity-templates")
    Templates templates() {
        return new Templates(publicity.templates().stream()
                .map(template -> new Template(
                        template.id(),
                        template.means().code(),
                        template.titleZh(),
                        template.textZh(),
                        template.titleEn(),
                        template.textEn()))
                .toList());
    }

    @Operation(
            summary = "The schools whose registers one reads, in numbers",
            description =
                    "percent is the largest single reach of the year over the school's families, two decimals, halves up: families"
                            + " reached by several means may be the same ones, so they are never added up.")
    @GetMapping("/publicity")
    Slice<Publicity.School> schools(
            @Parameter(description = "Without it the present one") @RequestParam(required = false) Integer year,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        return publicity.schools(yearOr(year), cursor, Slice.size(size), users.require());
    }

    private int yearOr(Integer year) {
        return year == null ? clock.today().getYear() : year;
    }

    @Operation(summary = "A school's entries of a year, the latest first")
    @GetMapping("/publicity/{school}")
    Register of(
            @Parameter(example = "S0001") @PathVariable String school, @RequestParam(required = false) Integer year) {
        Publicity.Register register = publicity.of(school, yearOr(year), users.require());
        return new Register(
                register.year(),
                register.school(),
                register.entries().stream()
                        .map(entry -> new Entry(
                                entry.number(), entry.means().code(), entry.day(), entry.reached(), entry.template()))
                        .toList());
    }

    @Operation(summary = "Say how many families a school has in a year", description = "By the school itself.")
    @PostMapping("/publicity/{school}/families")
    Register saveFamilies(@PathVariable String school, @Valid @RequestBody Families asked) {
        publicity.saveFamilies(school, asked.year(), asked.families(), asked.version(), users.require());
        return of(school, asked.year());
    }

    @Operation(
            summary = "Enter that the survey line was made known",
            description = "By the school itself, with one of the shipped templates; there is no place for other words.")
    @PostMapping("/publicity/{school}/entries")
    Register enter(@PathVariable String school, @Valid @RequestBody NewEntry asked) {
        publicity.enter(
                school,
                new Publicity.Facts(asked.means(), asked.day(), asked.reached(), asked.template()),
                users.require());
        return of(school, asked.day().getYear());
    }

    @Operation(summary = "Take an entry back", description = "By the school itself; the trail keeps what it said.")
    @PostMapping("/publicity/{school}/entries/remove")
    Register remove(@PathVariable String school, @Valid @RequestBody RemovedEntry asked) {
        return of(school, publicity.remove(school, asked.number(), users.require()));
    }
}
