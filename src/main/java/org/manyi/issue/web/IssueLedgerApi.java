package org.manyi.issue.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.manyi.security.CurrentUsers;
import org.manyi.spreadsheet.SafeSheet;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger as a whole by API. */
@RestController
@RequestMapping("/api/v1/issues")
@Tag(name = "Issues")
class IssueLedgerApi {

    private final IssueLedgerSheet sheet;
    private final CurrentUsers users;

    IssueLedgerApi(IssueLedgerSheet sheet, CurrentUsers users) {
        this.sheet = sheet;
        this.users = users;
    }

    @Operation(
            summary = "The ledger as a workbook",
            description =
                    "Takes the filters of the list, with sort=due only issues whose round runs, with sort=longestOpen only"
                            + " open ones; always in the order of receipt, as it stood at the moment named in its first row. Reporters are"
                            + " masked; matters of a child's safety are left out. 422 beyond 200,000 issues, 503 while two others read.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = SafeSheet.XLSX_TYPE))
    @GetMapping("/export")
    void export(
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> filters, HttpServletResponse response)
            throws IOException {
        sheet.send(IssueFilters.of(filters), users.require(), response);
    }
}
