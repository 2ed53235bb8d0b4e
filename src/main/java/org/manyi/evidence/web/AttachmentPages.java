package org.manyi.evidence.web;

import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Files as pages link to them. */
@Controller
class AttachmentPages {

    private final Downloads downloads;

    AttachmentPages(Downloads downloads) {
        this.downloads = downloads;
    }

    @GetMapping("/attachments/{id}")
    ResponseEntity<Resource> download(@PathVariable String id) {
        return downloads.answer(id);
    }
}
