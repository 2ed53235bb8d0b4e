package org.manyi.campaign;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.shared.ConflictException;
import org.manyi.shared.NotFoundException;
import org.springframework.stereotype.Component;

/**
 * Makes the record of a plan's disclosure of what is known of the plan. The index number is the issuing body's code, the category, the
 * plan's year and the campaign's number within the year, which has no gaps and is never given twice: {@code bureau/GHJH/2026-00001}.
 */
@Component
public class Disclosures {

    private final Organisation organisation;
    private final DisclosureSettings settings;

    Disclosures(Organisation organisation, DisclosureSettings settings) {
        this.organisation = organisation;
        this.settings = settings;
    }

    /**
     * The record of a plan's disclosure.
     *
     * @param campaign as the person asking sees it, never null
     * @throws ConflictException not-active before the plan is issued
     */
    public Disclosure of(CampaignDetail campaign) {
        PlanDecisions.Issue issue = campaign.issue();
        if (issue == null) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "campaign.problem.notIssued");
        }
        Unit body = issuingBody();
        return new Disclosure(
                index(campaign.item(), body),
                campaign.item().title(),
                issue.documentNumber(),
                writtenOn(campaign),
                issue.publishedWhere() == null ? null : issue.issuedOn(),
                issue.publishedWhere(),
                body.name(),
                keywords(campaign.plan()));
    }

    /** The body that issues the plans: the bureau. */
    public Unit issuingBody() {
        return organisation.units(UnitType.BUREAU).stream().findFirst().orElseThrow(NotFoundException::new);
    }

    /**
     * The day that a plan's paper bears: that of the decision, or that of the issue where a year was entered afterwards; null before the
     * decision.
     */
    public static LocalDate writtenOn(CampaignDetail campaign) {
        LocalDate decided = campaign.decidedOn();
        LocalDate issued = campaign.issue() == null ? null : campaign.issue().issuedOn();
        return decided == null || issued != null && issued.isBefore(decided) ? issued : decided;
    }

    private String index(CampaignItem item, Unit body) {
        String code = settings.bodyCode() == null || settings.bodyCode().isBlank()
                ? body.code()
                : settings.bodyCode().strip();
        int number = Integer.parseInt(item.id().substring(item.id().lastIndexOf('-') + 1));
        return "%s/%s/%d-%05d".formatted(code, settings.category(), item.year(), number);
    }

    private List<String> keywords(Plan plan) {
        List<String> keywords = new ArrayList<>();
        if (plan.theme() != null) {
            keywords.add(plan.theme());
        }
        keywords.addAll(settings.keywords());
        return List.copyOf(keywords);
    }
}
