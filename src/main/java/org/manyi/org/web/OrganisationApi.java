package org.manyi.org.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.manyi.org.OrganisationDirectory;
import org.manyi.org.SchoolItem;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The organisation by API. */
@RestController
@RequestMapping("/api/v1/org")
@Tag(name = "Organisation")
class OrganisationApi {

    private final OrganisationDirectory directory;
    private final CurrentUsers users;

    OrganisationApi(OrganisationDirectory directory, CurrentUsers users) {
        this.directory = directory;
        this.users = users;
    }

    @Operation(
            summary = "List schools and kindergartens",
            description =
                    "Active ones by code. A school sees itself, a school district its schools, an outside body none;"
                            + " everybody else sees all. district is the district's code, null for a school directly under the bureau.")
    @GetMapping("/schools")
    Slice<SchoolItem> schools(
            @Parameter(description = "1 to 100", example = "20") @RequestParam(required = false) Integer size,
            @Parameter(description = "nextCursor of the page before") @RequestParam(required = false) String cursor) {
        return directory.schools(cursor, Slice.size(size), users.require());
    }
}
