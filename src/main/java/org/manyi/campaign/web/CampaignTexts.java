package org.manyi.campaign.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.manyi.calendar.DateTexts;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.DueRule;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanWarning;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.Recurrence;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkItem;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.FileView;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** A plan in words; in templates as {@code @campaignTexts}. */
@Component("campaignTexts")
class CampaignTexts {

    private final MessageSource messages;
    private final DateTexts dates;

    CampaignTexts(MessageSource messages, DateTexts dates) {
        this.messages = messages;
        this.dates = dates;
    }

    /** What somebody did and said. */
    public record Opinion(String who, String unit, String act, String text, String at, String instant, boolean back) {}

    /** The history as a list of opinions, the oldest first. */
    public List<Opinion> said(List<CampaignDetail.Entry> history) {
        List<Opinion> said = new ArrayList<>();
        for (CampaignDetail.Entry entry : history) {
            said.add(
                    0,
                    new Opinion(
                            entry.actorName() == null ? text("campaign.calendar") : entry.actorName(),
                            null,
                            text("campaign.event." + entry.event(), entry.planVersion()),
                            entry.reason(),
                            dates.at(entry.at().toInstant()),
                            dates.exact(entry.at().toInstant()),
                            entry.event().equals("PlanReturned")));
        }
        return said;
    }

    /** The mark's shape for where a campaign stands. */
    public String mark(CampaignItem item) {
        return switch (item.state()) {
            case DRAFT -> item.submitted() ? "wait" : "todo";
            case DECIDED -> "pass";
            case RUNNING -> "active";
            case CLOSED -> "done";
        };
    }

    /** Where a campaign stands. */
    public String state(CampaignItem item) {
        return text(
                item.submitted()
                        ? "campaign.state.submitted"
                        : "campaign.state." + item.state().code());
    }

    /** What happened to a piece of work as a list of opinions, the oldest first. */
    public List<Opinion> saidOf(List<WorkDetail.Entry> history) {
        List<Opinion> said = new ArrayList<>();
        for (WorkDetail.Entry entry : history) {
            said.add(
                    0,
                    new Opinion(
                            entry.actorName(),
                            null,
                            text("campaign.event." + entry.event()),
                            entry.reason(),
                            dates.at(entry.at().toInstant()),
                            dates.exact(entry.at().toInstant()),
                            entry.event().equals("WorkReturned")));
        }
        return said;
    }

    /** The mark's shape for the state of a phase or a node in the timeline. */
    public String progressMark(String state) {
        return switch (state) {
            case "running", "open" -> "active";
            case "late", "done" -> state;
            default -> "off";
        };
    }

    /** The mark's shape for a piece of work. */
    public String workMark(WorkItem work) {
        return switch (work.state()) {
            case PLANNED, WITHDRAWN -> "off";
            case OPEN -> work.late() ? "late" : "todo";
            case CHECKING -> "wait";
            case RETURNED -> work.late() ? "late" : "back";
            case DONE -> "done";
        };
    }

    /** Where a piece of work stands; that it was late is said of it for good. */
    public String workState(WorkItem work) {
        return text("campaign.workState." + work.state().code() + (work.late() ? ".late" : ""));
    }

    /** The works of a phase. */
    public List<WorkItem> ofPhase(CampaignYear.Part part, String phase) {
        return part.works().stream().filter(work -> work.phase().equals(phase)).toList();
    }

    /** Files as the evidence list shows them. */
    public List<FileView> files(List<Attachment> files) {
        return FileView.of(files);
    }

    /** How a node's day is worked out. */
    public String rule(Plan plan, Plan.Node node) {
        if (node.recurrence() != null) {
            return recurrence(plan, node.recurrence());
        }
        DueRule rule = node.due();
        if (rule instanceof DueRule.OnDay onDay) {
            return text("campaign.rule.day", dates.weekday(onDay.day().in(plan.year())));
        }
        if (rule instanceof DueRule.After after) {
            return text(
                    "campaign.rule.after",
                    plan.node(after.node()).map(Plan.Node::name).orElse(after.node()),
                    after.workingDays());
        }
        if (rule instanceof DueRule.MonthEnd end) {
            return text("campaign.rule.monthEnd", end.month());
        }
        if (rule instanceof DueRule.NthWeekday nth) {
            return text(
                    "campaign.rule.nthWeekday",
                    nth.month(),
                    text("campaign.week." + nth.week()),
                    text("campaign.weekday." + nth.weekday()));
        }
        return text("campaign.rule.phaseEnd");
    }

    private String recurrence(Plan plan, Recurrence recurrence) {
        String when = recurrence.every() == Recurrence.Every.WEEK
                ? text("campaign.every.WEEK", text("campaign.weekday." + recurrence.weekday()))
                : text("campaign.every." + recurrence.every(), recurrence.dayOfMonth());
        String at = recurrence.at() == null ? "" : " " + recurrence.at();
        return text(
                "campaign.rule.recurrence",
                when + at,
                dates.weekday(recurrence.from().in(plan.year())),
                dates.weekday(recurrence.until().in(plan.year())));
    }

    /** When a node falls due, with what moved it. */
    public String day(PlannedDay day) {
        return day.provisional() ? text("campaign.provisional", dates.full(day.due())) : dates.full(day.due());
    }

    /** What is odd, in a sentence. */
    public String warning(Plan plan, PlanWarning warning) {
        String name = warning.node() == null
                ? ""
                : plan.node(warning.node()).map(Plan.Node::name).orElse(warning.node());
        return text(
                "campaign.warning." + warning.code().name().toLowerCase(Locale.ROOT),
                name,
                dates.full(warning.day()),
                dates.full(warning.other()),
                warning.word());
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
