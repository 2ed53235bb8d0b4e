package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Disclosure;
import org.manyi.campaign.Disclosures;
import org.manyi.document.Papers;
import org.manyi.security.CurrentUsers;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A year's papers by API. */
@RestController
@RequestMapping("/api/v1/campaigns/{id}")
@Tag(name = "Campaigns")
class PaperApi {

    private final Campaigns campaigns;
    private final PaperFiles files;
    private final Disclosures disclosures;
    private final CurrentUsers users;

    PaperApi(Campaigns campaigns, PaperFiles files, Disclosures disclosures, CurrentUsers users) {
        this.campaigns = campaigns;
        this.files = files;
        this.disclosures = disclosures;
        this.users = users;
    }

    /**
     * The record of a plan's disclosure.
     *
     * @param documentNumber null when the paper has none
     * @param method always {@code active}, on the bureau's own initiative
     * @param publishedOn null when it is not public yet
     * @param publishedWhere null when it is not public yet
     */
    record Record(
            @Schema(example = "bureau/GHJH/2026-00001") String index,
            String title,
            String documentNumber,
            @Schema(allowableValues = "active") String method,
            LocalDate writtenOn,
            LocalDate publishedOn,
            String publishedWhere,
            String publishedBy,
            List<String> keywords) {

        static Record of(Disclosure disclosure) {
            return new Record(
                    disclosure.index(),
                    disclosure.title(),
                    disclosure.documentNumber(),
                    "active",
                    disclosure.writtenOn(),
                    disclosure.publishedOn(),
                    disclosure.publishedWhere(),
                    disclosure.publishedBy(),
                    disclosure.keywords());
        }
    }

    @Operation(
            summary = "The plan as an official paper in Word",
            description = "A draft says that it is one; a decided plan bears its decision, an issued one its number.")
    @GetMapping(path = "/plan.docx", produces = Papers.DOCX_TYPE)
    ResponseEntity<byte[]> plan(@Parameter(example = "2026-ND-01") @PathVariable String id) {
        return files.plan(campaigns.find(id, users.require()));
    }

    @Operation(
            summary = "The record of the plan's disclosure",
            description = "409 not-active before the plan is issued.")
    @GetMapping("/disclosure")
    Record disclosure(@Parameter(example = "2026-ND-01") @PathVariable String id) {
        return Record.of(disclosures.of(campaigns.find(id, users.require())));
    }
}
