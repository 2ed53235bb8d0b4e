package org.manyi.campaign.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.Disclosures;
import org.manyi.campaign.NodeKind;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlanDecisions;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.Recurrence;
import org.manyi.document.OfficialPaper;
import org.manyi.document.OfficialPaper.Block;
import org.manyi.document.OfficialPaper.Column;
import org.manyi.document.OfficialPaper.Heading;
import org.manyi.document.OfficialPaper.Imprint;
import org.manyi.document.OfficialPaper.Paragraph;
import org.manyi.document.OfficialPaper.Table;
import org.manyi.document.Papers;
import org.manyi.org.Organisation;
import org.manyi.org.OrganisationDirectory;
import org.manyi.org.Unit;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * A year's plan as an official paper. A draft says that it is one and bears no head, number or signature; what the paper says of its
 * decision names the role and no person.
 */
@Component
class PlanPapers {

    private final PlanDays planDays;
    private final Disclosures disclosures;
    private final Organisation organisation;
    private final OrganisationDirectory directory;
    private final Papers papers;
    private final MessageSource messages;

    PlanPapers(
            PlanDays planDays,
            Disclosures disclosures,
            Organisation organisation,
            OrganisationDirectory directory,
            Papers papers,
            MessageSource messages) {
        this.planDays = planDays;
        this.disclosures = disclosures;
        this.organisation = organisation;
        this.directory = directory;
        this.papers = papers;
        this.messages = messages;
    }

    /** The plan as it stands. */
    OfficialPaper of(CampaignDetail campaign) {
        Plan plan = campaign.plan();
        if (campaign.decidedOn() == null) {
            return new OfficialPaper(
                    null,
                    null,
                    text("campaign.paper.draft", plan.title()),
                    text("campaign.paper.undecided", campaign.item().planVersion()),
                    null,
                    body(plan),
                    List.of(),
                    null,
                    null,
                    null,
                    null);
        }
        String body = disclosures.issuingBody().name();
        PlanDecisions.Issue issue = campaign.issue();
        return new OfficialPaper(
                body,
                issue == null ? null : issue.documentNumber(),
                plan.title(),
                text("campaign.paper.decided", papers.day(campaign.decidedOn()), text("security.role.CHAIR")),
                text("campaign.paper.addressees"),
                body(plan),
                List.of(),
                body,
                Disclosures.writtenOn(campaign),
                issue == null ? null : text("campaign.paper.disclosed"),
                issue == null ? null : new Imprint(null, body, issue.issuedOn()));
    }

    private List<Block> body(Plan plan) {
        List<Block> body = new ArrayList<>();
        section(body, "campaign.paper.general", general(plan));
        section(
                body,
                "campaign.goals",
                plan.goals().stream().map(this::goal).map(this::sentence).toList());
        section(body, "campaign.group", group(plan));
        section(body, "campaign.field.participants", participants(plan.participants()));
        section(body, "campaign.field.phases", phases(plan));
        section(body, "campaign.weights", weights(plan));
        section(
                body,
                "campaign.consequences",
                plan.consequences().stream()
                        .map(this::consequence)
                        .map(this::sentence)
                        .toList());
        section(
                body,
                "campaign.mechanisms",
                plan.mechanisms().stream()
                        .map(mechanism ->
                                mechanism.on() ? mechanism.name() : text("campaign.mechanism.off", mechanism.name()))
                        .map(this::sentence)
                        .toList());
        return body;
    }

    private void section(List<Block> body, String headingKey, List<? extends Block> blocks) {
        if (!blocks.isEmpty()) {
            body.add(new Heading(1, text(headingKey)));
            body.addAll(blocks);
        }
    }

    private Paragraph sentence(String words) {
        String stop = text("campaign.paper.stop");
        return new Paragraph(words.endsWith(stop) ? words : words + stop);
    }

    private List<Block> general(Plan plan) {
        List<Block> blocks = new ArrayList<>();
        if (plan.summary() != null) {
            blocks.add(new Paragraph(plan.summary()));
        }
        String year = text("campaign.yearOf", plan.year());
        blocks.add(sentence(plan.theme() == null ? year : text("campaign.paper.theme", year, plan.theme())));
        return blocks;
    }

    private String goal(Plan.Goal goal) {
        return text(
                "campaign.goal",
                goal.name(),
                text("campaign.comparison." + goal.comparison()),
                plain(goal.value()),
                text("campaign.unit." + goal.unit()));
    }

    private List<Block> group(Plan plan) {
        Plan.LeadingGroup group = plan.leadingGroup();
        Map<String, String> posts = organisation.postNames(plan.posts());
        List<Block> blocks = new ArrayList<>();
        if (group.head() != null) {
            blocks.add(sentence(text("campaign.group.head", posts.get(group.head()))));
        }
        for (Plan.Deputy deputy : group.deputies()) {
            String name = posts.get(deputy.post());
            blocks.add(sentence(
                    deputy.remit() == null
                            ? text("campaign.group.deputy", name)
                            : text("campaign.group.deputy.remit", name, deputy.remit())));
        }
        if (!group.members().isEmpty()) {
            String members = joined(group.members().stream().map(posts::get));
            blocks.add(sentence(text("campaign.paper.members", members)));
        }
        if (group.office() != null) {
            blocks.add(sentence(text("campaign.group.office", units(List.of(group.office())))));
        }
        return blocks;
    }

    private List<Block> participants(Plan.Participants who) {
        List<Block> blocks = new ArrayList<>();
        if (who.kinds().isEmpty() && who.districts().isEmpty()) {
            blocks.add(sentence(text("campaign.paper.participants.all")));
        }
        if (!who.kinds().isEmpty()) {
            Map<String, String> names = directory.kindNames();
            String kinds = joined(who.kinds().stream().map(kind -> names.getOrDefault(kind, kind)));
            blocks.add(sentence(text("campaign.paper.participants.kinds", kinds)));
        }
        if (!who.districts().isEmpty()) {
            blocks.add(sentence(text("campaign.paper.participants.districts", units(who.districts()))));
        }
        if (!who.schools().isEmpty()) {
            blocks.add(sentence(text("campaign.paper.participants.schools", units(who.schools()))));
        }
        if (!who.except().isEmpty()) {
            blocks.add(sentence(text("campaign.paper.participants.except", units(who.except()))));
        }
        return blocks;
    }

    private String units(List<String> codes) {
        Map<String, String> names =
                organisation.findAll(codes).stream().collect(Collectors.toMap(Unit::code, Unit::name));
        return joined(codes.stream().map(code -> names.getOrDefault(code, code)));
    }

    private List<Block> phases(Plan plan) {
        Map<String, List<PlannedDay>> days =
                planDays.of(plan).stream().collect(Collectors.groupingBy(PlannedDay::node));
        Map<String, String> posts = organisation.postNames(plan.posts());
        List<Block> blocks = new ArrayList<>();
        for (Plan.Phase phase : plan.phases()) {
            blocks.add(new Heading(2, phase.name()));
            String span = text(
                    "campaign.span",
                    papers.day(phase.starts().in(plan.year())),
                    papers.day(phase.ends().in(plan.year())));
            blocks.add(sentence(phase.summary() == null ? span : text("campaign.paper.phase", span, phase.summary())));
            List<Plan.Node> nodes = plan.plannedNodes().stream()
                    .filter(node -> node.phase().equals(phase.id()))
                    .toList();
            if (!nodes.isEmpty()) {
                blocks.add(nodes(nodes, days, posts));
            }
        }
        return blocks;
    }

    private Table nodes(List<Plan.Node> nodes, Map<String, List<PlannedDay>> days, Map<String, String> posts) {
        List<List<String>> rows = new ArrayList<>();
        for (Plan.Node node : nodes) {
            rows.add(List.of(
                    String.valueOf(rows.size() + 1),
                    node.name(),
                    posts.get(node.owner()),
                    text("campaign.fanOut." + node.fanOut()),
                    due(node, days.getOrDefault(node.id(), List.of())),
                    joined(node.evidence().stream()
                            .map(piece -> piece.required()
                                    ? text("campaign.work.evidence.required", piece.name())
                                    : piece.name()))));
        }
        return new Table(
                List.of(
                        new Column(text("campaign.paper.place"), 2),
                        new Column(text("campaign.paper.work"), 6),
                        new Column(text("campaign.node.owner"), 4),
                        new Column(text("campaign.node.who"), 4),
                        new Column(text("campaign.node.due"), 6),
                        new Column(text("campaign.field.evidence"), 6)),
                rows);
    }

    /** By when: a day, a span, or how often and how many times. */
    private String due(Plan.Node node, List<PlannedDay> days) {
        if (days.isEmpty()) {
            return text("campaign.paper.noDay");
        }
        PlannedDay first = days.get(0);
        if (node.recurrence() != null) {
            PlannedDay last = days.get(days.size() - 1);
            return text("campaign.paper.times", every(node.recurrence()), day(first), day(last), days.size());
        }
        return node.kind() == NodeKind.WINDOW
                ? text("campaign.span", papers.day(first.starts()), day(first))
                : day(first);
    }

    private String every(Recurrence recurrence) {
        String when = recurrence.every() == Recurrence.Every.WEEK
                ? text("campaign.every.WEEK", text("campaign.weekday." + recurrence.weekday()))
                : text("campaign.every." + recurrence.every(), recurrence.dayOfMonth());
        return recurrence.at() == null ? when : when + " " + recurrence.at();
    }

    private String day(PlannedDay day) {
        String due = papers.day(day.due());
        return day.provisional() ? text("campaign.provisional", due) : due;
    }

    private List<Block> weights(Plan plan) {
        if (plan.weights().isEmpty()) {
            return List.of();
        }
        return List.of(new Table(
                List.of(
                        new Column(text("campaign.paper.indicator"), 4),
                        new Column(text("campaign.weights.percent"), 2)),
                plan.weights().stream()
                        .map(weight -> List.of(weight.name(), plain(weight.percent())))
                        .toList()));
    }

    private String consequence(Plan.Consequence consequence) {
        return text(
                "campaign.consequence",
                text("campaign.comparison." + consequence.comparison()),
                plain(consequence.value()),
                consequence.name());
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private String joined(Stream<String> words) {
        return words.collect(Collectors.joining(text("campaign.comma")));
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
