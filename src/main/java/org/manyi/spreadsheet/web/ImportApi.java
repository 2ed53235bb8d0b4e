package org.manyi.spreadsheet.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.web.Problem;
import org.manyi.shared.web.Problems;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.Imports;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Imports by API: upload and write, or upload and only check. */
@RestController
@RequestMapping("/api/v1/imports")
@Tag(name = "Imports")
class ImportApi {

    private static final String EXAMPLE_CHECKED = """
            {"batchId":"0b6c1c0e-3f1c-4a53-9a39-0a6f5c6d9a10","kind":"organisations","fileName":"机构.xlsx","status":"checked","stage":null,
            "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "rows":{"read":61,"valid":60,"invalid":0,"skipped":1},"errors":[],"truncated":false,"failure":null,
            "uploadedAt":"2026-03-02T09:12:05+08:00"}
            """;
    private static final String EXAMPLE_REFUSED = """
            {"type":"urn:manyi:problem:validation","title":"内容需要修改","status":422,"detail":"有 1 处需要修改，没有写入任何内容。","code":"validation",
            "errors":[{"sheet":"机构","row":7,"column":"A","field":"code","code":"required","message":"请填写。"}],"truncated":false,
            "batchId":"0b6c1c0e-3f1c-4a53-9a39-0a6f5c6d9a10",
            "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "rows":{"read":61,"valid":59,"invalid":1,"skipped":1}}
            """;

    private final Imports imports;
    private final ImportTexts texts;
    private final Problems problems;
    private final CurrentUsers users;

    ImportApi(Imports imports, ImportTexts texts, Problems problems, CurrentUsers users) {
        this.imports = imports;
        this.texts = texts;
        this.problems = problems;
        this.users = users;
    }

    @Operation(
            summary = "Import a workbook",
            description =
                    "A .xlsx, .xls or .csv file of at most 5 MB, 20,000 rows and 100 columns. All rows are written or none. With more than"
                            + " 2,000 rows the answer is 202 and the import runs on; ask for it by its batchId. With dryRun nothing is"
                            + " written. A file that was imported before is refused.")
    @ApiResponse(
            responseCode = "200",
            description = "Checked (dryRun) or applied",
            content =
                    @Content(
                            schema = @Schema(implementation = ImportAnswer.class),
                            examples = @ExampleObject(name = "checked", value = EXAMPLE_CHECKED)))
    @ApiResponse(
            responseCode = "202",
            description = "Running",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @ApiResponse(responseCode = "403", description = "Not yours to import")
    @ApiResponse(responseCode = "404", description = "No such kind")
    @ApiResponse(responseCode = "409", description = "duplicate-file: the same file was imported before")
    @ApiResponse(responseCode = "413", description = "Too large in some way; the text says in which")
    @ApiResponse(responseCode = "415", description = "No .xlsx, .xls or .csv, whatever its name says")
    @ApiResponse(
            responseCode = "422",
            description = "A row or the file is at fault; nothing was written",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = ImportRefusal.class),
                            examples = @ExampleObject(name = "refused", value = EXAMPLE_REFUSED)))
    @PostMapping(path = "/{kind}", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<Object> upload(
            @Parameter(example = "organisations") @PathVariable String kind,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam("file") MultipartFile file) {
        CurrentUser user = users.require();
        ImportBatch.Purpose purpose = dryRun ? ImportBatch.Purpose.CHECK : ImportBatch.Purpose.APPLY;
        try (InputStream bytes = file.getInputStream()) {
            return answer(imports.receive(kind, file.getOriginalFilename(), bytes, purpose, user), user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Operation(summary = "An import's state, counts and first 200 errors")
    @ApiResponse(responseCode = "200", description = "Whatever its state")
    @ApiResponse(responseCode = "404", description = "None, or not yours to see")
    @GetMapping("/{batchId}")
    ImportAnswer find(@PathVariable String batchId) {
        CurrentUser user = users.require();
        return shown(imports.find(BatchIds.parse(batchId), user), user);
    }

    @Operation(
            summary = "Take an import back",
            description =
                    "Within thirty days: what it made and nobody used since goes, what it changed becomes what it was before. What was"
                            + " used or changed since stays and is listed in errors. Then the same file may be imported again.")
    @ApiResponse(
            responseCode = "200",
            description = "Taken back",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @ApiResponse(
            responseCode = "202",
            description = "Running",
            content = @Content(schema = @Schema(implementation = ImportAnswer.class)))
    @ApiResponse(responseCode = "404", description = "None, or not yours to see")
    @ApiResponse(responseCode = "409", description = "not-active: it is not applied, or older than thirty days")
    @DeleteMapping("/{batchId}")
    ResponseEntity<Object> revert(@PathVariable String batchId) {
        CurrentUser user = users.require();
        return answer(imports.revert(BatchIds.parse(batchId), user), user);
    }

    private ResponseEntity<Object> answer(ImportBatch batch, CurrentUser user) {
        ImportAnswer answer = shown(batch, user);
        return switch (batch.status()) {
            case RUNNING ->
                ResponseEntity.accepted()
                        .location(URI.create("/api/v1/imports/" + batch.id()))
                        .body(answer);
            case FAILED ->
                ResponseEntity.unprocessableContent()
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(refusal(batch, answer));
            case CHECKED, APPLIED, REVERTED -> ResponseEntity.ok(answer);
        };
    }

    private ImportRefusal refusal(ImportBatch batch, ImportAnswer answer) {
        Problem problem = problems.of(422, "validation", "spreadsheet.result.errors", batch.errorCount());
        return new ImportRefusal(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.code(),
                answer.errors(),
                answer.truncated(),
                answer.batchId(),
                answer.sha256(),
                answer.rows());
    }

    private ImportAnswer shown(ImportBatch batch, CurrentUser user) {
        List<ImportAnswer.ErrorLine> errors = imports.errors(batch.id(), ImportAnswer.ERRORS, user).stream()
                .map(error -> new ImportAnswer.ErrorLine(
                        error.sheet(),
                        error.row(),
                        error.column(),
                        error.field(),
                        error.code(),
                        texts.messageOf(error)))
                .toList();
        return new ImportAnswer(
                batch.id().toString(),
                batch.kind(),
                batch.fileName(),
                batch.status().name().toLowerCase(Locale.ROOT),
                batch.stage() == null ? null : batch.stage().name().toLowerCase(Locale.ROOT),
                batch.sha256(),
                new ImportAnswer.RowCounts(
                        batch.rows().read(),
                        batch.rows().valid(),
                        batch.rows().invalid(),
                        batch.rows().skipped()),
                errors,
                batch.errorCount() > errors.size(),
                texts.failureOf(batch),
                batch.uploadedAt().atZone(MovableClock.ZONE).toOffsetDateTime());
    }
}
