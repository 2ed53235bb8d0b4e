package org.manyi.spreadsheet.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.Imports;
import org.manyi.spreadsheet.Mapping;
import org.manyi.spreadsheet.MappingTemplates;
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
    private final MappingTemplates mappingTemplates;
    private final ImportTexts texts;
    private final ImportTemplates templates;
    private final CurrentUsers users;
    private final Accounts accounts;

    ImportPages(
            Imports imports,
            MappingTemplates mappingTemplates,
            ImportTexts texts,
            ImportTemplates templates,
            CurrentUsers users,
            Accounts accounts) {
        this.imports = imports;
        this.mappingTemplates = mappingTemplates;
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

    /** A mapping template as listed; {@code missing} is empty where it fits the file. */
    record OfferItem(UUID id, String name, String ownerName, Instant savedAt, List<String> missing, boolean own) {}

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

    /** The columns, as they are or as a template would have them. */
    @GetMapping("/imports/{batchId}/columns")
    String columns(@PathVariable String batchId, @RequestParam(required = false) String template, Model model) {
        CurrentUser user = users.require();
        ImportBatch batch = imports.find(BatchIds.parse(batchId), user);
        if (!batch.kept()) {
            return "redirect:/imports/" + batch.id();
        }
        UUID applied = template == null ? null : BatchIds.parse(template);
        showColumns(
                batch,
                applied == null ? batch.mapping() : mappingTemplates.apply(batch.id(), applied, user),
                applied,
                user,
                model);
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
            return refused(id, chosen, e.fields(), e.status(), user, model, response);
        }
    }

    /** Keeps what is chosen on the page under a name, and shows the page as it is kept. */
    @PostMapping("/imports/{batchId}/templates")
    String saveTemplate(
            @PathVariable String batchId,
            @RequestParam Map<String, String> chosen,
            Model model,
            HttpServletResponse response,
            RedirectAttributes redirect) {
        CurrentUser user = users.require();
        UUID id = BatchIds.parse(batchId);
        try {
            UUID saved = mappingTemplates
                    .save(id, chosen.get(MappingTemplates.NAME), chosen, user)
                    .id();
            redirect.addFlashAttribute("flash", texts.text("spreadsheet.templates.saved"));
            return "redirect:/imports/" + id + "/columns?template=" + saved;
        } catch (ValidationException e) {
            return refused(id, chosen, e.fields(), e.status(), user, model, response);
        } catch (ForbiddenException | ConflictException e) {
            List<FieldProblem> name =
                    List.of(FieldProblem.of(MappingTemplates.NAME, e.code(), e.messageKey(), e.args()));
            return refused(id, chosen, name, e.status(), user, model, response);
        }
    }

    @PostMapping("/imports/{batchId}/templates/{templateId}/delete")
    String deleteTemplate(@PathVariable String batchId, @PathVariable String templateId, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        UUID id = BatchIds.parse(batchId);
        mappingTemplates.delete(id, BatchIds.parse(templateId), user);
        redirect.addFlashAttribute("flash", texts.text("spreadsheet.templates.deleted"));
        return "redirect:/imports/" + id + "/columns";
    }

    /** The page again with what was chosen and what is wrong with it. */
    private String refused(
            UUID id,
            Map<String, String> chosen,
            List<FieldProblem> errors,
            int status,
            CurrentUser user,
            Model model,
            HttpServletResponse response) {
        ImportBatch batch = imports.find(id, user);
        model.addAttribute("errors", errors);
        model.addAttribute("typedName", chosen.get(MappingTemplates.NAME));
        showColumns(batch, batch.mapping().choose(chosen, fields(imports.kind(batch.kind(), user))), null, user, model);
        response.setStatus(status);
        return "spreadsheet/columns";
    }

    private static Set<String> fields(ImportKind kind) {
        return kind.columns().stream().map(ImportKind.Column::field).collect(Collectors.toSet());
    }

    /** Shows a batch with these columns, which need not be its own yet. */
    private void showColumns(ImportBatch batch, Mapping mapping, UUID applied, CurrentUser user, Model model) {
        ImportKind kind = imports.kind(batch.kind(), user);
        List<OfferItem> offers = offers(batch, user);
        model.addAttribute("batch", batch);
        model.addAttribute("mapping", mapping);
        model.addAttribute("kindName", texts.nameOf(batch.kind()));
        model.addAttribute("columns", columnsOf(kind));
        model.addAttribute("offers", offers);
        model.addAttribute(
                "applied",
                offers.stream()
                        .filter(offer -> offer.id().equals(applied))
                        .findFirst()
                        .orElse(null));
        model.addAttribute("longestName", MappingTemplates.LONGEST_NAME);
        model.addAttribute(
                "missing",
                kind.columns().stream()
                        .filter(column -> column.required() && lacks(mapping, column.field()))
                        .map(ImportKind.Column::title)
                        .toList());
    }

    private List<OfferItem> offers(ImportBatch batch, CurrentUser user) {
        List<MappingTemplates.Offer> offers = mappingTemplates.offers(batch.id(), user);
        Map<String, String> names = accounts.names(
                offers.stream().map(offer -> offer.template().owner()).collect(Collectors.toSet()));
        return offers.stream()
                .map(offer -> new OfferItem(
                        offer.template().id(),
                        offer.template().name(),
                        names.getOrDefault(
                                offer.template().owner(), offer.template().owner()),
                        offer.template().savedAt(),
                        offer.missing(),
                        offer.own()))
                .toList();
    }

    private static boolean lacks(Mapping mapping, String field) {
        return mapping.sheets().stream().filter(Mapping.Sheet::isRead).anyMatch(sheet -> sheet.columns().stream()
                .noneMatch(column -> field.equals(column.field())));
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
