package org.manyi.campaign.web;

import java.nio.charset.StandardCharsets;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.Disclosures;
import org.manyi.document.OfficialPaper;
import org.manyi.document.Papers;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** A year's papers as Word files to download. */
@Component
class PaperFiles {

    private final PlanPapers plans;
    private final DisclosurePapers records;
    private final Disclosures disclosures;
    private final Papers papers;
    private final MessageSource messages;

    PaperFiles(
            PlanPapers plans,
            DisclosurePapers records,
            Disclosures disclosures,
            Papers papers,
            MessageSource messages) {
        this.plans = plans;
        this.records = records;
        this.disclosures = disclosures;
        this.papers = papers;
        this.messages = messages;
    }

    /** The plan as it stands. */
    ResponseEntity<byte[]> plan(CampaignDetail campaign) {
        return word("campaign.paper.file", campaign, plans.of(campaign));
    }

    /** The record of an issued plan's disclosure; throws {@link org.manyi.shared.ConflictException} before. */
    ResponseEntity<byte[]> disclosure(CampaignDetail campaign) {
        return word("campaign.disclosure.file", campaign, records.of(disclosures.of(campaign)));
    }

    private ResponseEntity<byte[]> word(String nameKey, CampaignDetail campaign, OfficialPaper paper) {
        String name =
                messages.getMessage(nameKey, new Object[] {campaign.item().id()}, LocaleContextHolder.getLocale());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(Papers.DOCX_TYPE))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(papers.word(paper));
    }
}
