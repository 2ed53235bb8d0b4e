package org.manyi.org.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.manyi.org.Substitutes;
import org.manyi.org.Substitution;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Substitutes by API. */
@RestController
@RequestMapping("/api/v1/me/substitutes")
@Tag(name = "Me")
class SubstituteApi {

    private final Substitutes substitutes;
    private final CurrentUsers users;

    SubstituteApi(Substitutes substitutes, CurrentUsers users) {
        this.substitutes = substitutes;
        this.users = users;
    }

    /**
     * What is asked for.
     *
     * @param absent who is on leave, the person himself when absent
     * @param posts all that may be looked after when absent or empty
     */
    record Arrangement(
            String absent,
            @Schema(example = "staff001") String substitute,
            Set<String> posts,
            @Schema(example = "2026-03-16") LocalDate from,
            @Schema(example = "2026-03-20") LocalDate lastDay) {}

    @Operation(
            summary = "The present and coming substitutions that concern me",
            description = "My own, those of the people whose unit I head, and those in which I stand in.")
    @GetMapping
    List<Substitution> list() {
        return substitutes.of(users.require());
    }

    @Operation(
            summary = "Name a substitute",
            description =
                    "For oneself, or as head of a unit for its people. On these days the substitute holds the posts and may take"
                            + " over, by claim, what the absent person has in hand. One answer a post. 422 for oneself, for somebody on"
                            + " leave himself on one of the days, and for days that somebody looks after already.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    List<Substitution> arrange(@RequestBody Arrangement asked) {
        CurrentUser user = users.require();
        return substitutes.arrange(
                asked.absent() == null ? user.username() : asked.absent(),
                asked.substitute(),
                asked.posts() == null ? Set.of() : asked.posts(),
                asked.from(),
                asked.lastDay(),
                user);
    }

    @Operation(summary = "End a substitution today, or call off one to come")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable long id) {
        substitutes.end(id, users.require());
    }
}
