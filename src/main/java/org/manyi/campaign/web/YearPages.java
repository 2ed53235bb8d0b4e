package org.manyi.campaign.web;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.CampaignYear.Matrix;
import org.manyi.campaign.CampaignYear.MatrixQuery;
import org.manyi.campaign.CampaignYear.Part;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Timeline;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.UriComponentsBuilder;

/** The running year in pages: its timeline, the schools by nodes, a school's part, and one piece of work. */
@Controller
class YearPages {

    private static final int ROWS = 50;

    private final Campaigns campaigns;
    private final CampaignYear year;
    private final Organisation organisation;
    private final CurrentUsers users;

    YearPages(Campaigns campaigns, CampaignYear year, Organisation organisation, CurrentUsers users) {
        this.campaigns = campaigns;
        this.year = year;
        this.organisation = organisation;
        this.users = users;
    }

    /**
     * A phase in the timeline.
     *
     * @param bars its nodes
     */
    public record Lane(Timeline.Phase phase, List<Bar> bars) {}

    /**
     * A node in the timeline.
     *
     * @param from where its bar begins, in whole per cent of the time shown
     * @param width how long it is, in whole per cent, at least 1
     */
    public record Bar(Timeline.Node node, int from, int width) {}

    /** A month's name over the timeline, in whole per cent. */
    public record Month(LocalDate first, int from, int width) {}

    @GetMapping("/campaigns/{id}/timeline")
    String timeline(@PathVariable String id, @RequestParam(defaultValue = "false") boolean mine, Model model) {
        CurrentUser user = users.require();
        CampaignDetail detail = campaigns.find(id, user);
        Timeline timeline = year.timeline(id, user);
        Scale scale = Scale.of(timeline);
        model.addAttribute("detail", detail);
        model.addAttribute("item", detail.item());
        model.addAttribute("timeline", timeline);
        List<Lane> lanes = lanes(timeline, scale);
        model.addAttribute("mine", mine);
        model.addAttribute("hasOwn", timeline.nodes().stream().anyMatch(node -> isOwn(node, user)));
        model.addAttribute("lanes", mine ? own(lanes, user) : lanes);
        model.addAttribute("months", scale.months());
        model.addAttribute("today", scale.covers(timeline.today()) ? scale.at(timeline.today()) : null);
        Set<String> posts = new LinkedHashSet<>();
        timeline.nodes().forEach(node -> posts.add(node.owner()));
        model.addAttribute("postNames", organisation.postNames(posts));
        model.addAttribute("ownSchool", year.ownSchool(user));
        model.addAttribute("diagrams", year.diagrams(id, user));
        return "campaign/timeline";
    }

    /** What the person's own post, or his department, answers for. */
    private static boolean isOwn(Timeline.Node node, CurrentUser user) {
        return user.holds(node.owner())
                || user.unitCodes().stream().anyMatch(unit -> node.owner().startsWith("dept:" + unit + ":"));
    }

    private static List<Lane> own(List<Lane> lanes, CurrentUser user) {
        return lanes.stream()
                .map(lane -> new Lane(
                        lane.phase(),
                        lane.bars().stream()
                                .filter(bar -> isOwn(bar.node(), user))
                                .toList()))
                .filter(lane -> !lane.bars().isEmpty())
                .toList();
    }

    private static List<Lane> lanes(Timeline timeline, Scale scale) {
        return timeline.phases().stream()
                .map(phase -> new Lane(
                        phase,
                        timeline.nodes().stream()
                                .filter(node -> node.phase().equals(phase.id()))
                                .map(scale::bar)
                                .toList()))
                .toList();
    }

    /** The time from the first phase's month to the last one's. */
    private record Scale(LocalDate first, LocalDate last) {

        private static final int WHOLE = 100;

        static Scale of(Timeline timeline) {
            LocalDate first = timeline.phases().stream()
                    .map(Timeline.Phase::starts)
                    .min(LocalDate::compareTo)
                    .orElse(timeline.today());
            LocalDate last = timeline.phases().stream()
                    .map(Timeline.Phase::ends)
                    .max(LocalDate::compareTo)
                    .orElse(timeline.today());
            return new Scale(
                    first.withDayOfMonth(1),
                    last.plusMonths(1).withDayOfMonth(1).minusDays(1));
        }

        boolean covers(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }

        int at(LocalDate day) {
            long days = ChronoUnit.DAYS.between(first, last) + 1;
            long past = ChronoUnit.DAYS.between(first, day);
            return (int) Math.max(0, Math.min(WHOLE, Math.round(past * (double) WHOLE / days)));
        }

        Bar bar(Timeline.Node node) {
            if (node.dueDate() == null) {
                return new Bar(node, 0, 0);
            }
            int from = Math.min(at(node.starts()), WHOLE - 1);
            return new Bar(node, from, Math.max(1, at(node.dueDate().plusDays(1)) - from));
        }

        List<Month> months() {
            List<Month> months = new ArrayList<>();
            for (LocalDate month = first; !month.isAfter(last); month = month.plusMonths(1)) {
                int from = at(month);
                months.add(new Month(month, from, at(month.plusMonths(1)) - from));
            }
            return months;
        }
    }

    @GetMapping("/campaigns/{id}/diagrams/{process}")
    @ResponseBody
    CampaignYear.Diagram diagram(@PathVariable String id, @PathVariable String process) {
        return year.diagram(id, process, users.require());
    }

    @GetMapping("/campaigns/{id}/schools")
    String schools(
            @PathVariable String id,
            @RequestParam(required = false) String phase,
            @RequestParam(required = false) String district,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String department,
            @RequestParam(defaultValue = "false") boolean behind,
            @RequestParam(required = false) String q,
            @RequestParam(required = false) String cursor,
            Model model) {
        CurrentUser user = users.require();
        model.addAttribute("item", campaigns.find(id, user).item());
        String from = cursor;
        Matrix matrix;
        try {
            matrix = year.matrix(id, new Asked(phase, district, kind, department, behind, q).query(from), user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            matrix = year.matrix(id, new Asked(phase, district, kind, department, behind, q).query(from), user);
        }
        Slice<CampaignYear.Row> rows = matrix.rows();
        model.addAttribute("matrix", matrix);
        model.addAttribute("rows", rows);
        model.addAttribute("district", district);
        model.addAttribute("kind", kind);
        model.addAttribute("department", department);
        model.addAttribute("behind", behind);
        model.addAttribute("q", q);
        model.addAttribute("kinds", organisation.kindNames());
        model.addAttribute("departments", organisation.units(UnitType.DEPARTMENT));
        model.addAttribute("districts", organisation.units(UnitType.DISTRICT));
        model.addAttribute(
                "districtNames",
                organisation.units(UnitType.DISTRICT).stream().collect(Collectors.toMap(Unit::code, Unit::shortName)));
        String shown = matrix.phase() == null ? null : matrix.phase().id();
        Asked asked = new Asked(shown, district, kind, department, behind, q);
        model.addAttribute("filtered", asked.filtered());
        model.addAttribute("plainHref", new Asked(shown, null, null, null, false, null).href(id, null));
        model.addAttribute("firstHref", from == null ? null : asked.href(id, null));
        model.addAttribute("nextHref", rows.nextCursor() == null ? null : asked.href(id, rows.nextCursor()));
        return "campaign/schools";
    }

    /** What the page of schools is asked for. */
    private record Asked(String phase, String district, String kind, String department, boolean behind, String q) {

        MatrixQuery query(String cursor) {
            return new MatrixQuery(
                    blankToNull(phase),
                    blankToNull(district),
                    blankToNull(kind),
                    blankToNull(department),
                    behind,
                    q,
                    cursor,
                    ROWS);
        }

        boolean filtered() {
            return behind
                    || blankToNull(q) != null
                    || blankToNull(district) != null
                    || blankToNull(kind) != null
                    || blankToNull(department) != null;
        }

        String href(String id, String cursor) {
            UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/campaigns/{id}/schools");
            Map<String, Object> values = new HashMap<>(Map.of("id", id));
            add(uri, values, "phase", phase);
            add(uri, values, "district", district);
            add(uri, values, "kind", kind);
            add(uri, values, "department", department);
            add(uri, values, "behind", behind ? "true" : null);
            add(uri, values, "q", q);
            add(uri, values, "cursor", cursor);
            return uri.encode().buildAndExpand(values).toUriString();
        }
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void add(UriComponentsBuilder uri, Map<String, Object> values, String name, String value) {
        if (blankToNull(value) != null) {
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }

    @GetMapping("/campaigns/{id}/schools/{code}/visit")
    String visit(@PathVariable String id, @PathVariable String code, Model model) {
        CampaignYear.Visit visit = year.visit(id, code, users.require());
        model.addAttribute("visit", visit);
        model.addAttribute("part", visit.part());
        model.addAttribute("item", visit.part().campaign());
        return "campaign/visit";
    }

    @GetMapping("/campaigns/{id}/schools/{code}")
    String school(@PathVariable String id, @PathVariable String code, Model model) {
        CurrentUser user = users.require();
        Part part = year.part(id, code, user);
        model.addAttribute("part", part);
        model.addAttribute("item", part.campaign());
        model.addAttribute("phases", campaigns.find(id, user).plan().phases());
        return "campaign/school";
    }
}
