package org.manyi.org.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.org.NewUnit;
import org.manyi.org.Organisation;
import org.manyi.org.OrganisationAdministration;
import org.manyi.org.OrganisationDirectory;
import org.manyi.org.Unit;
import org.manyi.org.UnitFacts;
import org.manyi.org.UnitItem;
import org.manyi.org.UnitQuery;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The organisation in pages: the list, a unit, and changing what a unit is called. */
@Controller
class OrganisationPages {

    private static final int PAGE = 50;
    private static final List<UnitType> TABS =
            List.of(UnitType.SCHOOL, UnitType.DISTRICT, UnitType.DEPARTMENT, UnitType.TEAM, UnitType.BODY);

    private final OrganisationDirectory directory;
    private final Organisation organisation;
    private final OrganisationAdministration administration;
    private final CurrentUsers users;
    private final Said said;

    OrganisationPages(
            OrganisationDirectory directory,
            Organisation organisation,
            OrganisationAdministration administration,
            CurrentUsers users,
            Said said) {
        this.directory = directory;
        this.organisation = organisation;
        this.administration = administration;
        this.users = users;
        this.said = said;
    }

    /** A tab over the list. */
    record Tab(String href, String messageKey, Count count, boolean active) {}

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /** What the list is filtered by; null where it is not. */
    record Filters(UnitType type, String kind, String district, String q, boolean closed) {

        String href(String cursor) {
            UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/org").queryParam("type", type);
            add(uri, "kind", kind);
            add(uri, "district", district);
            add(uri, "q", q);
            add(uri, "closed", closed ? "true" : null);
            add(uri, "cursor", cursor);
            return uri.encode().toUriString();
        }

        private static void add(UriComponentsBuilder uri, String name, String value) {
            if (value != null) {
                uri.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
            }
        }
    }

    @GetMapping("/org")
    String list(
            @RequestParam(required = false) UnitType type,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String district,
            @RequestParam(required = false) String q,
            @RequestParam(defaultValue = "false") boolean closed,
            @RequestParam(required = false) String cursor,
            Model model) {
        CurrentUser user = users.require();
        Map<UnitType, Count> counts = directory.counts(user);
        UnitType shown = type != null
                ? type
                : TABS.stream().filter(counts::containsKey).findFirst().orElse(UnitType.SCHOOL);
        Filters filters = new Filters(shown, blankToNull(kind), blankToNull(district), blankToNull(q), closed);
        Slice<UnitItem> units = directory.units(
                new UnitQuery(shown, filters.kind(), filters.district(), filters.q(), closed, cursor, PAGE), user);
        model.addAttribute("units", units);
        model.addAttribute("filters", filters);
        model.addAttribute(
                "filtered", filters.kind() != null || filters.district() != null || filters.q() != null || closed);
        model.addAttribute("tabs", tabs(counts, shown));
        model.addAttribute("kinds", directory.kindNames());
        model.addAttribute("mayEditKinds", user.is(Role.SYSADMIN));
        model.addAttribute("districts", organisation.units(UnitType.DISTRICT));
        model.addAttribute("firstHref", cursor == null ? null : filters.href(null));
        model.addAttribute("nextHref", units.nextCursor() == null ? null : filters.href(units.nextCursor()));
        return "org/list";
    }

    private static List<Tab> tabs(Map<UnitType, Count> counts, UnitType shown) {
        List<Tab> tabs = new ArrayList<>();
        for (UnitType type : TABS) {
            if (counts.containsKey(type)) {
                tabs.add(new Tab("/org?type=" + type, "org.type." + type, counts.get(type), type == shown));
            }
        }
        return tabs;
    }

    @GetMapping("/org/units/{code}")
    String unit(@PathVariable String code, Model model) {
        CurrentUser user = users.require();
        show(directory.facts(code, user), user, model);
        return "org/unit";
    }

    private void show(UnitFacts facts, CurrentUser user, Model model) {
        boolean mayAppoint = user.is(Role.SECADMIN);
        boolean active = facts.unit().active();
        model.addAttribute("item", facts);
        model.addAttribute(
                "seesParent",
                facts.parent() != null && directory.sees(user, facts.parent().code()));
        model.addAttribute("mayEdit", active && user.is(Role.SYSADMIN));
        model.addAttribute("mayAppoint", active && mayAppoint);
        if (mayAppoint && facts.contact() != null) {
            model.addAttribute("leaders", leaders());
        }
        if (!facts.remits().isEmpty()) {
            model.addAttribute("deputies", deputies(facts));
        }
    }

    private List<Choice> leaders() {
        return directory.leaders().stream()
                .map(post -> new Choice(post.key(), withHolders(post)))
                .toList();
    }

    private static List<Choice> deputies(UnitFacts bureau) {
        return bureau.posts().stream()
                .filter(post -> post.key().startsWith("bureau:deputy-"))
                .map(post -> new Choice(post.key(), withHolders(post)))
                .toList();
    }

    private static String withHolders(UnitFacts.PostFacts post) {
        String names = String.join(
                " ", post.holders().stream().map(UnitFacts.Holder::name).toList());
        return (post.role() + " " + names).strip();
    }

    @PostMapping("/org/units/{code}/contact-leader")
    String changeContactLeader(
            @PathVariable String code, @RequestParam(required = false) String leaderPost, RedirectAttributes redirect) {
        administration.changeContactLeader(code, blankToNull(leaderPost));
        said.after(redirect, "org.said.contact", organisation.postName(organisation.contactLeaderPost(code)));
        return "redirect:/org/units/{code}";
    }

    @PostMapping("/org/leaders")
    String addLeader(RedirectAttributes redirect) {
        String post = administration.addLeader();
        said.after(redirect, "org.said.leaderAdded", organisation.postName(post));
        return "redirect:/org/posts/" + post;
    }

    @PostMapping("/org/remits/{remit}")
    String changeRemit(@PathVariable String remit, @RequestParam String deputyPost, RedirectAttributes redirect) {
        administration.changeRemit(remit, deputyPost);
        said.after(redirect, "org.said.remit", organisation.postName(deputyPost));
        return "redirect:/org/units/bureau";
    }

    @GetMapping("/org/units/{code}/edit")
    String edit(@PathVariable String code, Model model) {
        Unit unit = organisation.unit(code);
        editForm(unit, unit.name(), unit.shortName(), unit.kind(), unit.parentCode(), model);
        return "org/edit";
    }

    @PostMapping("/org/units/{code}/edit")
    String change(
            @PathVariable String code,
            @RequestParam String name,
            @RequestParam(required = false) String shortName,
            @RequestParam(required = false) String kind,
            @RequestParam(required = false) String parentCode,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        Unit unit = organisation.unit(code);
        try {
            administration.change(new NewUnit(
                    code,
                    name.strip(),
                    blankToNull(shortName),
                    unit.type(),
                    kind,
                    parentCode,
                    unit.ownership(),
                    List.of()));
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            editForm(unit, name, shortName, kind, parentCode, model);
            return "org/edit";
        }
        said.after(redirect, "org.said.changed");
        return "redirect:/org/units/{code}";
    }

    private void editForm(Unit unit, String name, String shortName, String kind, String parentCode, Model model) {
        model.addAttribute("unit", unit);
        model.addAttribute("name", name);
        model.addAttribute("shortName", shortName);
        model.addAttribute("kind", kind);
        model.addAttribute("parentCode", parentCode);
        if (unit.type() == UnitType.SCHOOL) {
            model.addAttribute(
                    "kinds",
                    directory.kindNamesToGive(unit.kind()).entrySet().stream()
                            .map(entry -> new Choice(entry.getKey(), entry.getValue()))
                            .toList());
            List<Choice> parents = new ArrayList<>();
            organisation
                    .units(UnitType.DISTRICT)
                    .forEach(parent -> parents.add(new Choice(parent.code(), parent.name())));
            organisation
                    .units(UnitType.BUREAU)
                    .forEach(parent -> parents.add(new Choice(parent.code(), parent.name())));
            model.addAttribute("parents", parents);
        }
    }

    @PostMapping("/org/units/{code}/close")
    String close(@PathVariable String code, Model model, RedirectAttributes redirect, HttpServletResponse response) {
        try {
            administration.close(code);
        } catch (ValidationException e) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            model.addAttribute("errors", e.fields());
            return edit(code, model);
        }
        said.after(redirect, "org.said.closed");
        return "redirect:/org/units/{code}";
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
