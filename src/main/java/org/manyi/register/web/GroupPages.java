package org.manyi.register.web;

import jakarta.servlet.http.HttpServletResponse;
import org.manyi.register.Channel;
import org.manyi.register.ClassGroups;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The groups of the classes in pages: the schools in numbers, and a school's register. */
@Controller
class GroupPages {

    private static final int ROWS = 50;

    private final ClassGroups groups;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final Typed typed;

    GroupPages(ClassGroups groups, CurrentUsers users, MovableClock clock, Typed typed) {
        this.groups = groups;
        this.users = users;
        this.clock = clock;
        this.typed = typed;
    }

    /** The form of a class as it came back; what is missing is null, {@code version} also for a new class. */
    record GroupForm(
            String className,
            String channel,
            String members,
            String families,
            String regularised,
            String regularisedOn,
            String version) {

        ClassGroups.Facts facts() {
            return new ClassGroups.Facts(
                    className,
                    channel,
                    Typed.number(members),
                    Typed.number(families),
                    "true".equals(regularised),
                    Typed.day(regularisedOn),
                    Typed.number(version));
        }
    }

    @GetMapping("/registers/groups")
    String list(@RequestParam(required = false) String cursor, Model model) {
        CurrentUser user = users.require();
        String own = groups.own(user);
        if (own != null) {
            return "redirect:/registers/groups/" + own;
        }
        String from = cursor;
        Slice<ClassGroups.School> found;
        try {
            found = groups.schools(from, ROWS, user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            found = groups.schools(null, ROWS, user);
        }
        model.addAttribute("found", found);
        model.addAttribute("total", groups.total(user));
        model.addAttribute("firstHref", from == null ? null : "/registers/groups");
        model.addAttribute(
                "nextHref", found.nextCursor() == null ? null : "/registers/groups?cursor=" + found.nextCursor());
        return "register/groups";
    }

    @GetMapping("/registers/groups/{school}")
    String school(@PathVariable String school, @RequestParam(required = false) String edit, Model model) {
        ClassGroups.Register register = groups.of(school, users.require());
        GroupForm form = register.groups().stream()
                .filter(group -> group.className().equals(edit))
                .findFirst()
                .map(group -> new GroupForm(
                        group.className(),
                        group.channel().code(),
                        String.valueOf(group.members()),
                        String.valueOf(group.families()),
                        String.valueOf(group.regularised()),
                        group.regularisedOn() == null
                                ? null
                                : group.regularisedOn().toString(),
                        String.valueOf(group.version())))
                .orElseGet(() -> new GroupForm(null, null, null, null, null, null, null));
        show(register, form, model);
        return "register/groups-school";
    }

    private void show(ClassGroups.Register register, GroupForm form, Model model) {
        model.addAttribute("register", register);
        model.addAttribute("form", form);
        model.addAttribute("channels", typed.choices("register.channel.", Channel.class));
        model.addAttribute("today", clock.today());
    }

    @PostMapping("/registers/groups/{school}")
    String save(
            @PathVariable String school,
            @ModelAttribute GroupForm form,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            groups.save(school, form.facts(), user);
        } catch (ValidationException | ConflictException e) {
            Refusals.show(e, "className", model, response);
            show(groups.of(school, user), form, model);
            return "register/groups-school";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.saved"));
        return "redirect:/registers/groups/{school}";
    }

    @PostMapping("/registers/groups/{school}/remove")
    String remove(
            @PathVariable String school,
            @RequestParam String className,
            @RequestParam int version,
            RedirectAttributes redirect) {
        groups.remove(school, className, version, users.require());
        redirect.addFlashAttribute("flash", typed.text("register.said.removed"));
        return "redirect:/registers/groups/{school}";
    }
}
