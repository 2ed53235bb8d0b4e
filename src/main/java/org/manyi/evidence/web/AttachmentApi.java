package org.manyi.evidence.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.manyi.evidence.EvidenceStore;
import org.manyi.evidence.StoredFile;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Files by API: uploads for a case that does not exist yet, and downloads. */
@RestController
@RequestMapping("/api/v1/attachments")
@Tag(name = "Attachments")
class AttachmentApi {

    private final EvidenceStore store;
    private final CurrentUsers users;
    private final Downloads downloads;

    AttachmentApi(EvidenceStore store, CurrentUsers users, Downloads downloads) {
        this.store = store;
        this.users = users;
        this.downloads = downloads;
    }

    @Operation(
            summary = "Upload a file for an issue that is about to be raised",
            description =
                    "Images (JPEG, PNG, WebP), PDF and Word, Excel, PowerPoint, at most 20 MB. Seen by the uploader alone"
                            + " until an issue names its id in attachmentIds; removed after seven days otherwise.")
    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    StoredFile upload(@RequestParam("file") MultipartFile file) {
        CurrentUser user = users.require();
        try (InputStream bytes = file.getInputStream()) {
            return StoredFile.of(
                    store.store(EvidenceStore.DRAFT, user.username(), file.getOriginalFilename(), bytes, user));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Operation(
            summary = "Download a file",
            description = "404 when there is none or it belongs to a case that you may not see.")
    @GetMapping("/{id}")
    ResponseEntity<Resource> download(@PathVariable String id) {
        return downloads.answer(id);
    }
}
