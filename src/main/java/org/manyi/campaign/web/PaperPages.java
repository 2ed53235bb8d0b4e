package org.manyi.campaign.web;

import org.manyi.campaign.Campaigns;
import org.manyi.security.CurrentUsers;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A year's papers from its page, for whoever sees its plan. */
@Controller
class PaperPages {

    private final Campaigns campaigns;
    private final PaperFiles files;
    private final CurrentUsers users;

    PaperPages(Campaigns campaigns, PaperFiles files, CurrentUsers users) {
        this.campaigns = campaigns;
        this.files = files;
        this.users = users;
    }

    @GetMapping("/campaigns/{id}/plan.docx")
    ResponseEntity<byte[]> plan(@PathVariable String id) {
        return files.plan(campaigns.find(id, users.require()));
    }

    @GetMapping("/campaigns/{id}/disclosure.docx")
    ResponseEntity<byte[]> disclosure(@PathVariable String id) {
        return files.disclosure(campaigns.find(id, users.require()));
    }
}
