package org.manyi.inbox.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.inbox.DueWindow;
import org.manyi.inbox.Supervision;
import org.manyi.inbox.Supervision.Overview;
import org.manyi.inbox.TaskQuery;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Count;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What leaders and departments oversee: units by days to the due day, what waits for oneself apart; every number a link to its tasks. */
@Controller
class SupervisionPage {

    static final String PATH = "/inbox/supervision";
    private static final int ROWS = 50;

    private final Supervision supervision;
    private final Organisation organisation;
    private final CurrentUsers users;

    SupervisionPage(Supervision supervision, Organisation organisation, CurrentUsers users) {
        this.supervision = supervision;
        this.organisation = organisation;
        this.users = users;
    }

    /**
     * A number of tasks.
     *
     * @param window the window's code, null for all
     * @param count null for none
     * @param href the list that holds them
     * @param late whether they are late
     */
    public record Cell(String window, String count, String href, boolean late) {}

    /** A unit with its numbers, the last of all windows together. */
    public record Line(String name, String sub, List<Cell> cells) {}

    @GetMapping(PATH)
    String show(
            @RequestParam(required = false) String type,
            @RequestParam(required = false) String district,
            @RequestParam(required = false) String cursor,
            Model model) {
        CurrentUser user = users.require();
        UnitType wanted = Arrays.stream(UnitType.values())
                .filter(one -> one.name().equalsIgnoreCase(type))
                .findFirst()
                .orElse(null);
        String within = Choices.blankToNull(district);
        String from = Choices.blankToNull(cursor);
        Overview overview;
        try {
            overview = supervision.overview(new Supervision.Query(wanted, within, from, ROWS), user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            overview = supervision.overview(new Supervision.Query(wanted, within, null, ROWS), user);
        }
        List<Unit> districts = organisation.units(UnitType.DISTRICT);
        Map<String, String> districtNames = districts.stream().collect(Collectors.toMap(Unit::code, Unit::shortName));
        model.addAttribute(
                "windows",
                Arrays.stream(DueWindow.values()).map(DueWindow::code).toList());
        model.addAttribute("mine", mine(overview.mine()));
        model.addAttribute(
                "lines",
                overview.units().items().stream()
                        .map(row -> line(row, districtNames))
                        .toList());
        model.addAttribute("together", together(overview.together()));
        model.addAttribute("count", overview.units().count());
        model.addAttribute("complete", overview.complete());
        model.addAttribute("types", UnitType.values());
        model.addAttribute("type", wanted);
        model.addAttribute("districts", districts);
        model.addAttribute("district", within);
        model.addAttribute("filtered", wanted != null || within != null);
        model.addAttribute("firstHref", from == null ? null : href(wanted, within, null));
        model.addAttribute(
                "nextHref",
                overview.units().nextCursor() == null
                        ? null
                        : href(wanted, within, overview.units().nextCursor()));
        return "inbox/supervision";
    }

    private static List<Cell> mine(Map<DueWindow, Count> mine) {
        List<Cell> cells = new ArrayList<>();
        mine.forEach((window, count) -> cells.add(new Cell(
                window.code(),
                count.value() + (count.capped() ? "+" : ""),
                address(null, null, window),
                late(window))));
        return cells;
    }

    private static Line line(Supervision.Row row, Map<String, String> districtNames) {
        return new Line(
                row.name(),
                row.district() == null ? null : districtNames.get(row.district()),
                cells(row.code(), row.tasks(), row.all()));
    }

    /** Null where there are no tasks, or not all units are looked at. */
    private static List<Cell> together(Map<DueWindow, Integer> tasks) {
        int all = tasks.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? null : cells(null, tasks, all);
    }

    private static List<Cell> cells(String unit, Map<DueWindow, Integer> tasks, int all) {
        List<Cell> cells = new ArrayList<>();
        for (DueWindow window : DueWindow.values()) {
            Integer count = tasks.get(window);
            cells.add(new Cell(
                    window.code(),
                    count == null ? null : count.toString(),
                    address(TaskQuery.View.SUPERVISED, unit, window),
                    late(window)));
        }
        cells.add(new Cell(null, Integer.toString(all), address(TaskQuery.View.SUPERVISED, unit, null), false));
        return cells;
    }

    private static boolean late(DueWindow window) {
        return window == DueWindow.LONG || window == DueWindow.LATE;
    }

    private static String address(TaskQuery.View view, String unit, DueWindow due) {
        return new InboxAddress(view, false, null, null, unit, due, null, TaskQuery.Sort.DUE, null).href();
    }

    private static String href(UnitType type, String district, String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(PATH);
        Map<String, Object> values = new HashMap<>();
        add(uri, values, "type", type == null ? null : type.name());
        add(uri, values, "district", district);
        add(uri, values, "cursor", cursor);
        return uri.encode().buildAndExpand(values).toUriString();
    }

    private static void add(UriComponentsBuilder uri, Map<String, Object> values, String name, String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}");
            values.put(name, value);
        }
    }
}
