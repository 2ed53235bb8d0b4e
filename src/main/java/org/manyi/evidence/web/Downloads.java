package org.manyi.evidence.web;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.NotFoundException;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Answers a file to whoever may see it, so that a browser shows images and runs nothing. */
@Component
class Downloads {

    private static final Set<String> SHOWN = Set.of("image/jpeg", "image/png", "image/webp");

    private final EvidenceStore store;
    private final CurrentUsers users;

    Downloads(EvidenceStore store, CurrentUsers users) {
        this.store = store;
        this.users = users;
    }

    /**
     * The file as a response.
     *
     * @throws NotFoundException when there is none, or not the person's to see
     */
    ResponseEntity<Resource> answer(String id) {
        Attachment file = store.readable(id, users.require()).orElseThrow(NotFoundException::new);
        ContentDisposition.Builder disposition =
                SHOWN.contains(file.type()) ? ContentDisposition.inline() : ContentDisposition.attachment();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.type()))
                .header(
                        "Content-Disposition",
                        disposition
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .body(store.bytes(file));
    }
}
