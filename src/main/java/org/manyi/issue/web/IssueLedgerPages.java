package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.issue.Card;
import org.manyi.issue.IssueItem;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Issues;
import org.manyi.issue.Ledger;
import org.manyi.issue.Rectification;
import org.manyi.issue.RoundDetours;
import org.manyi.issue.Severity;
import org.manyi.issue.UnmaskedExports;
import org.manyi.issue.web.IssuePages.Choice;
import org.manyi.org.Organisation;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ledger in pages: as a list, as a board, and as a workbook; the same filters in the same address everywhere. */
@Controller
class IssueLedgerPages {

    private static final String LIST = "/issues";
    private static final String BOARD = "/issues/board";
    private static final String EXPORT = "/issues/export";
    private static final int PAGE = 30;
    private static final int CARDS = 5;

    /** For so long a closed issue stays on the board. */
    private static final int DAYS_CLOSED = 30;

    /** Who looks beyond one unit, and so finds filters by unit useful. */
    private static final Set<Role> OVERSEERS =
            Set.of(Role.CHAIR, Role.DEPUTY, Role.LEADER, Role.DEPARTMENT, Role.PROTECTOR);

    private final Issues issues;
    private final RoundDetours detours;
    private final Ledger ledger;
    private final IssueLedgerSheet sheet;
    private final FilterWords words;
    private final UnmaskedExports exports;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final MessageSource messages;

    IssueLedgerPages(
            Issues issues,
            RoundDetours detours,
            Ledger ledger,
            IssueLedgerSheet sheet,
            FilterWords words,
            UnmaskedExports exports,
            Organisation organisation,
            CurrentUsers users,
            MovableClock clock,
            MessageSource messages) {
        this.issues = issues;
        this.detours = detours;
        this.ledger = ledger;
        this.sheet = sheet;
        this.words = words;
        this.exports = exports;
        this.organisation = organisation;
        this.users = users;
        this.clock = clock;
        this.messages = messages;
    }

    /** A filter that is set; {@code href} is the page without it. */
    record Chip(String label, String href) {}

    /** A column of the board: how many there are, the first of them, and where all of them are listed. */
    record Lane(String label, Count count, List<IssueItem> cards, String href) {}

    /** Where an issue stands, as coarsely as the board shows it. */
    private enum Stand {
        TRIAGE,
        SIGNING,
        RECTIFYING,
        SHELVED,
        VERIFYING,
        CALLING,
        APPROVING,
        CLOSED,
        /** Ended without having been put right; the list has them. */
        OFF_THE_BOARD;

        private static Stand of(IssueStatus status) {
            return switch (status) {
                case REGISTERED, TRIAGE -> TRIAGE;
                case TO_SIGN, RETURN_REVIEW -> SIGNING;
                case RECTIFYING, EXTENSION_REVIEW, SHELVING_REVIEW -> RECTIFYING;
                case SHELVED -> SHELVED;
                case VERIFYING -> VERIFYING;
                case CALLBACK -> CALLING;
                case APPROVING -> APPROVING;
                case CLOSED -> CLOSED;
                case ANSWERED, PROTECTED, DECLINED, WITHDRAWN, MERGED -> OFF_THE_BOARD;
            };
        }

        private List<IssueStatus> statuses() {
            return Arrays.stream(IssueStatus.values())
                    .filter(status -> of(status) == this)
                    .toList();
        }
    }

    @GetMapping(LIST)
    String list(
            @RequestParam MultiValueMap<String, String> address,
            @RequestParam(required = false) String cursor,
            Model model) {
        CurrentUser user = users.require();
        IssueFilters filters = words.resolved(IssueFilters.of(address));
        Slice<IssueItem> found = issues.list(filters.asQuery(cursor, PAGE), user);
        model.addAttribute("found", found);
        model.addAttribute("firstHref", cursor == null ? null : filters.pageHref(null));
        model.addAttribute("nextHref", found.nextCursor() == null ? null : filters.pageHref(found.nextCursor()));
        model.addAttribute("shelf", detours.shelf(user));
        show(filters, LIST, user, model);
        return "issue/list";
    }

    @GetMapping(BOARD)
    String board(@RequestParam MultiValueMap<String, String> address, Model model) {
        CurrentUser user = users.require();
        IssueFilters filters = words.resolved(IssueFilters.of(address));
        IssueQuery query = filters.asQuery(null, CARDS);
        List<Lane> lanes = new ArrayList<>();
        for (Stand stand : Stand.values()) {
            if (stand != Stand.OFF_THE_BOARD) {
                lanes.add(lane(stand, filters, query, user));
            }
        }
        model.addAttribute("lanes", lanes);
        show(filters, BOARD, user, model);
        return "issue/board";
    }

    private Lane lane(Stand stand, IssueFilters filters, IssueQuery query, CurrentUser user) {
        List<IssueStatus> statuses = stand.statuses();
        LocalDate closedSince = stand == Stand.CLOSED && filters.closedFrom() == null
                ? clock.today().minusDays(DAYS_CLOSED)
                : null;
        Slice<IssueItem> found = issues.list(query.column(statuses, closedSince, CARDS), user);
        return new Lane(
                text("issue.board." + stand.name().toLowerCase(java.util.Locale.ROOT)),
                found.count(),
                found.items(),
                filters.among(LIST, statuses.stream().map(IssueStatus::code).toList(), closedSince));
    }

    @GetMapping(EXPORT)
    void export(@RequestParam MultiValueMap<String, String> address, HttpServletResponse response) throws IOException {
        sheet.send(words.resolved(IssueFilters.of(address)), users.require(), response);
    }

    /** The units that a filter's field offers while somebody types, as options of its list. */
    @GetMapping("/issues/units")
    String units(
            @RequestParam(required = false) String school, @RequestParam(required = false) String unit, Model model) {
        model.addAttribute("options", school != null ? words.offered(school, true) : words.offered(unit, false));
        return "issue/ledger :: options";
    }

    private void show(IssueFilters filters, String path, CurrentUser user, Model model) {
        model.addAttribute("filters", filters);
        model.addAttribute("path", path);
        model.addAttribute("statuses", choices("issue.status.", IssueStatus.values(), IssueStatus::code));
        model.addAttribute("sources", choices("issue.source.", IssueSource.values(), IssueSource::code));
        model.addAttribute("kinds", choices("issue.kind.", IssueKind.values(), IssueKind::code));
        model.addAttribute("severities", choices("issue.severity.", Severity.values(), Severity::code));
        model.addAttribute(
                "rectifications", choices("issue.rectification.", Rectification.values(), Rectification::code));
        model.addAttribute("sorts", choices("issue.sort.", IssueQuery.Sort.values(), IssueQuery.Sort::code));
        model.addAttribute("cards", choices("issue.card.", new Card[] {Card.YELLOW, Card.RED}, Card::code));
        List<Choice> categories = issues.categories().stream()
                .map(category -> new Choice(category.code(), category.name()))
                .toList();
        model.addAttribute("categories", categories);
        Map<String, String> names = categories.stream().collect(Collectors.toMap(Choice::value, Choice::label));
        model.addAttribute("categoryNames", names);
        if (user.roles().stream().anyMatch(OVERSEERS::contains)) {
            model.addAttribute("departments", units(UnitType.DEPARTMENT));
            model.addAttribute("districts", units(UnitType.DISTRICT));
        }
        model.addAttribute("mayRaise", issues.mayRaise(user) != Issues.Raising.NOTHING);
        model.addAttribute("mayImport", ledger.mayImport(user));
        model.addAttribute("chips", chips(filters, path));
        model.addAttribute("schoolShown", words.shown(filters.school()));
        model.addAttribute("unitShown", words.shown(filters.unit()));
        model.addAttribute("unmaskedHref", exports.mayAsk(user) ? filters.href("/issues/exports") : null);
        model.addAttribute("plainHref", path);
        model.addAttribute("exportHref", filters.href(EXPORT));
        model.addAttribute("listHref", filters.href(LIST, "cursor"));
        model.addAttribute("boardHref", filters.href(BOARD, "sort", "status"));
    }

    private List<Choice> units(UnitType type) {
        return organisation.units(type).stream()
                .map(one -> new Choice(one.code(), one.shortName()))
                .toList();
    }

    private List<Chip> chips(IssueFilters filters, String path) {
        return words.said(filters).stream()
                .map(one -> new Chip(one.text(), filters.without(path, one.name(), one.value())))
                .toList();
    }

    private <T> List<Choice> choices(String prefix, T[] values, Function<T, String> code) {
        return Arrays.stream(values)
                .map(code)
                .map(value -> new Choice(value, text(prefix + value)))
                .toList();
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
