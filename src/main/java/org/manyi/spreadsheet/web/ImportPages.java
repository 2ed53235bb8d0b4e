package org.manyi.spreadsheet.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.Imports;
import org.manyi.spreadsheet.Mapping;
import org.manyi.spreadsheet.SafeSheet;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Imports in pages: upload, what the columns are, what is wrong, confirm, done. */
@Controller
class ImportPages {

    private final Imports imports;
    private final ImportTexts texts;
    private final ImportTemplates templates;
    private final CurrentUsers users;
    private final Accounts accounts;

    ImportPages(Imports imports, ImportTexts texts, ImportTemplates templates, CurrentUsers users, Accounts accounts) {
        this.imports = imports;
        this.texts = texts;
        this.templates = templates;
        this.users = users;
        this.accounts = accounts;
    }

    /** A kind of import as listed. */
    record KindItem(String kind, String name, String text) {}

    /** A column of a kind as explained. */
    record ColumnItem(String field, String title, String hint, boolean required) {}

    /** A batch as listed. */
    record BatchItem(ImportBatch batch, String kindName, String uploaderName) {}

    /** An error as listed. */
    record ErrorItem(String sheet, Integer row, String column, String title, String message) {}

    @GetMapping("/imports")
    String list(Model model) {
        CurrentUser user = users.require();
        List<ImportBatch> batches = imports.latest(user);
        Map<String, String> names =
                accounts.names(batches.stream().map(ImportBatch::uploader).collect(Collectors.toSet()));
        model.addAttribute(
                "kinds",
                imports.kindsOf(user).stream()
                        .map(kind -> new KindItem(kind.kind(), texts.nameOf(kind.kind()), texts.about(kind)))
                        .toList());
        model.addAttribute(
                "batches",
                batches.stream()
                        .map(batch -> new BatchItem(
                                batch,
                                texts.nameOf(batch.kind()),
                                names.getOrDefault(batch.uploader(), batch.uploader())))
                        .toList());
        return "spreadsheet/list";
    }

    @GetMapping("/imports/kinds/{kind}")
    String kind(@PathVariable String kind, Model model) {
        show(imports.kind(kind, users.require()), model);
        return "spreadsheet/upload";
    }

    private void show(ImportKind kind, Model model) {
        model.addAttribute("kind", new KindItem(kind.kind(), texts.nameOf(kind.kind()), texts.about(kind)));
        model.addAttribute("columns", columnsOf(kind));
    }

    private List<ColumnItem> columnsOf(ImportKind kind) {
        return kind.columns().stream()
                .map(column -> new ColumnItem(column.field(), column.title(), texts.hintOf(column), column.required()))
                .toList();
    }

    @GetMapping("/imports/kinds/{kind}/template")
    ResponseEntity<byte[]> template(@PathVariable String kind) {
        ImportKind found = imports.kind(kind, users.require());
        return download(texts.nameOf(kind) + ".xlsx", templates.write(found));
    }

    @PostMapping("/imports/kinds/{kind}")
    String upload(
            @PathVariable String kind,
            @RequestParam("file") MultipartFile file,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        ImportKind found = imports.kind(kind, user);
        try (InputStream bytes = file.getInputStream()) {
            ImportBatch batch =
                    imports.receive(kind, file.getOriginalFilename(), bytes, ImportBatch.Purpose.CHECK, user);
            return "redirect:/imports/" + batch.id() + "/columns";
        } catch (ProblemException e) {
            model.addAttribute("errors", errorsOf(e));
            show(found, model);
            response.setStatus(e.status());
            return "spreadsheet/upload";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A refusal of the file as an error of the field that it was chosen in. */
    private static List<FieldProblem> errorsOf(ProblemException e) {
        return e.fields().isEmpty() ? List.of(FieldProblem.of("file", e.code(), e.messageKey(), e.args())) : e.fields();
    }

    @GetMapping("/imports/{batchId}/columns")
    String columns(@PathVariable String batchId, Model model) {
        CurrentUser user = users.require();
        ImportBatch batch = imports.find(BatchIds.parse(batchId), user);
        if (!batch.kept()) {
            return "redirect:/imports/" + batch.id();
        }
        showColumns(batch, Map.of(), user, model);
        return "spreadsheet/columns";
    }

    @PostMapping("/imports/{batchId}/columns")
    String map(
            @PathVariable String batchId,
            @RequestParam Map<String, String> chosen,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        UUID id = BatchIds.parse(batchId);
        try {
            return "redirect:/imports/" + imports.map(id, chosen, user).id();
        } catch (ValidationException e) {
            model.addAttribute("errors", e.fields());
            showColumns(imports.find(id, user), chosen, user, model);
            response.setStatus(e.status());
            return "spreadsheet/columns";
        }
    }

    private void showColumns(ImportBatch batch, Map<String, String> chosen, CurrentUser user, Model model) {
        ImportKind kind = imports.kind(batch.kind(), user);
        Map<String, String> fields = new HashMap<>();
        for (int number = 0; number < batch.mapping().sheets().size(); number++) {
            String sheet = number + ".";
            batch.mapping()
                    .sheets()
                    .get(number)
                    .columns()
                    .forEach(column -> fields.put(
                            sheet + column.letter(),
                            chosen.getOrDefault(
                                    sheet + column.letter(), column.field() == null ? "" : column.field())));
        }
        model.addAttribute("batch", batch);
        model.addAttribute("kindName", texts.nameOf(batch.kind()));
        model.addAttribute("columns", columnsOf(kind));
        model.addAttribute("fields", fields);
        model.addAttribute(
                "missing",
                kind.columns().stream()
                        .filter(column -> column.required() && lacks(batch.mapping(), column.field(), fields))
                        .map(ImportKind.Column::title)
                        .toList());
    }

    private static boolean lacks(Mapping mapping, String field, Map<String, String> fields) {
        return IntStream.range(0, mapping.sheets().size())
                .filter(number -> mapping.sheets().get(number).isRead())
                .anyMatch(number -> mapping.sheets().get(number).columns().stream()
                        .noneMatch(column -> field.equals(fields.get(number + "." + column.letter()))));
    }

    @GetMapping("/imports/{batchId}")
    String batch(@PathVariable String batchId, Model model) {
        CurrentUser user = users.require();
        ImportBatch batch = imports.find(BatchIds.parse(batchId), user);
        String appliedBy = batch.appliedBy();
        model.addAttribute("batch", batch);
        model.addAttribute("kindName", texts.nameOf(batch.kind()));
        model.addAttribute("hidden", texts.hiddenIn(batch.mapping()));
        model.addAttribute("failure", texts.failureOf(batch));
        model.addAttribute("uploaderName", nameOf(batch.uploader()));
        model.addAttribute("appliedByName", appliedBy == null ? null : nameOf(appliedBy));
        model.addAttribute("revertedByName", batch.revertedBy() == null ? null : nameOf(batch.revertedBy()));
        model.addAttribute("items", errors(batch, ImportAnswer.ERRORS, user));
        return "spreadsheet/batch";
    }

    private String nameOf(String username) {
        return accounts.names(List.of(username)).getOrDefault(username, username);
    }

    private List<ErrorItem> errors(ImportBatch batch, int limit, CurrentUser user) {
        Map<String, String> titles = imports.kind(batch.kind(), user).columns().stream()
                .collect(Collectors.toMap(ImportKind.Column::field, ImportKind.Column::title));
        return imports.errors(batch.id(), limit, user).stream()
                .map(error -> new ErrorItem(
                        error.sheet(), error.row(), error.column(), titles.get(error.field()), texts.messageOf(error)))
                .toList();
    }

    /** The part of the page that says how far it is, asked for again and again; when it is over the page is loaded anew. */
    @GetMapping("/imports/{batchId}/progress")
    String progress(@PathVariable String batchId, Model model, HttpServletResponse response) {
        ImportBatch batch = imports.find(BatchIds.parse(batchId), users.require());
        if (batch.status() != ImportBatch.Status.RUNNING) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("batch", batch);
        return "spreadsheet/batch :: progress";
    }

    @PostMapping("/imports/{batchId}/confirm")
    String confirm(@PathVariable String batchId, @RequestParam String run, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        UUID id = BatchIds.parse(batchId);
        try {
            imports.confirm(id, BatchIds.parse(run), user);
        } catch (ProblemException e) {
            // The batch's page shows where it stands now, which is the best answer to a confirmation that came too
            // late.
            imports.find(id, user);
            redirect.addFlashAttribute("flash", texts.text(e.messageKey(), e.args()));
        }
        return "redirect:/imports/" + id;
    }

    @PostMapping("/imports/{batchId}/revert")
    String revert(@PathVariable String batchId, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        UUID id = BatchIds.parse(batchId);
        try {
            imports.revert(id, user);
        } catch (ConflictException e) {
            redirect.addFlashAttribute("flash", texts.text(e.messageKey(), e.args()));
        }
        return "redirect:/imports/" + id;
    }

    @GetMapping("/imports/{batchId}/errors.xlsx")
    ResponseEntity<byte[]> errors(@PathVariable String batchId) {
        CurrentUser user = users.require();
        ImportBatch batch = imports.find(BatchIds.parse(batchId), user);
        List<String> header = List.of("sheet", "row", "column", "title", "message").stream()
                .map(part -> texts.text("spreadsheet.errors." + part))
                .toList();
        List<List<String>> rows = errors(batch, ImportBatch.ERRORS_KEPT, user).stream()
                .map(error -> Arrays.asList(
                        error.sheet(),
                        error.row() == null ? null : error.row().toString(),
                        error.column(),
                        error.title(),
                        error.message()))
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SafeSheet.writeXlsx(out, texts.text("spreadsheet.errors.name"), header, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return download(texts.text("spreadsheet.errors.file", texts.nameOf(batch.kind())), out.toByteArray());
    }

    private static ResponseEntity<byte[]> download(String name, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(SafeSheet.XLSX_TYPE))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(bytes);
    }
}
