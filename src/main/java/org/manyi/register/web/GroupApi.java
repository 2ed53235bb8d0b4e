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
import org.manyi.register.ClassGroups;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The groups of the classes by API. */
@RestController
@RequestMapping("/api/v1/registers/groups")
@Tag(name = "Registers")
class GroupApi {

    private final ClassGroups groups;
    private final CurrentUsers users;

    GroupApi(ClassGroups groups, CurrentUsers users) {
        this.groups = groups;
        this.users = users;
    }

    /**
     * A class as it is to be.
     *
     * @param channel {@code wecom}, {@code wechat}, {@code dingtalk}, {@code other} or {@code none}
     * @param version null where the class is new
     */
    record SavedClass(
            @Schema(example = "三年级 2 班") String className,
            @Schema(example = "wecom") String channel,
            Integer members,
            Integer families,
            Boolean regularised,
            LocalDate regularisedOn,
            Integer version) {}

    /** A class to be taken off the register. */
    record RemovedClass(@NotNull String className, @NotNull Integer version) {}

    /** A class with its group. */
    record ClassOf(
            String className,
            String channel,
            int members,
            int families,
            boolean regularised,
            LocalDate regularisedOn,
            OffsetDateTime changedAt,
            int version) {}

    /** A school with its classes. */
    record Register(ClassGroups.School school, List<ClassOf> classes) {}

    @Operation(
            summary = "The schools whose registers one reads, in numbers",
            description =
                    "percent is familiesCovered of families, two decimals, halves up; of a class so many families count as covered as its"
                            + " group has members, at most all of them. Null where there are no families.")
    @GetMapping
    Slice<ClassGroups.School> schools(
            @RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        return groups.schools(cursor, Slice.size(size), users.require());
    }

    @Operation(summary = "A school's classes and their groups")
    @GetMapping("/{school}")
    Register of(@Parameter(example = "S0001") @PathVariable String school) {
        ClassGroups.Register register = groups.of(school, users.require());
        return new Register(
                register.school(),
                register.groups().stream()
                        .map(group -> new ClassOf(
                                group.className(),
                                group.channel().code(),
                                group.members(),
                                group.families(),
                                group.regularised(),
                                group.regularisedOn(),
                                group.changedAt(),
                                group.version()))
                        .toList());
    }

    @Operation(summary = "Enter a class, or change what is there", description = "By the school itself.")
    @PostMapping("/{school}/classes")
    Register save(@PathVariable String school, @Valid @RequestBody SavedClass asked) {
        groups.save(
                school,
                new ClassGroups.Facts(
                        asked.className(),
                        asked.channel(),
                        asked.members(),
                        asked.families(),
                        asked.regularised(),
                        asked.regularisedOn(),
                        asked.version()),
                users.require());
        return of(school);
    }

    @Operation(
            summary = "Take a class off the register",
            description = "By the school itself; the trail keeps what was there.")
    @PostMapping("/{school}/classes/remove")
    Register remove(@PathVariable String school, @Valid @RequestBody RemovedClass asked) {
        groups.remove(school, asked.className(), asked.version(), users.require());
        return of(school);
    }
}
