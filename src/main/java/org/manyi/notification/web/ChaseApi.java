package org.manyi.notification.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.notification.Chasing;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pressing for a task by API. */
@RestController
@RequestMapping("/api/v1/tasks/{id}")
@Tag(name = "Tasks")
class ChaseApi {

    private final Chasing chasing;
    private final CurrentUsers users;

    ChaseApi(Chasing chasing, CurrentUsers users) {
        this.chasing = chasing;
        this.users = users;
    }

    /**
     * Pressing for a task.
     *
     * @param word {@code soon}, {@code late}, {@code reply}, {@code call}, or null for none
     */
    record NewChase(@Schema(example = "late") String word) {}

    /** Somebody pressed. */
    record Chase(String actor, String name, String word, int people, OffsetDateTime at) {

        static Chase of(Chasing.Chase chase) {
            return new Chase(
                    chase.actor(),
                    chase.name(),
                    chase.word(),
                    chase.people(),
                    chase.at().atZone(MovableClock.ZONE).toOffsetDateTime());
        }
    }

    @Operation(
            summary = "Press for a task",
            description =
                    "By who sees it and has no part in it: the bureau's leaders, departments and school districts. Once a day and"
                            + " person, three times a day in all.")
    @PostMapping("/chase")
    Chase chase(@PathVariable String id, @RequestBody(required = false) NewChase asked) {
        return Chase.of(chasing.chase(id, asked == null ? null : asked.word(), users.require()));
    }

    @Operation(summary = "Who pressed for a task, the latest first")
    @GetMapping("/chases")
    List<Chase> chases(@PathVariable String id) {
        return chasing.chases(id, users.require()).stream().map(Chase::of).toList();
    }
}
