package org.manyi.register.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.evidence.FormFiles;
import org.manyi.inbox.Inbox;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.register.MeetingKind;
import org.manyi.register.MeetingTasks;
import org.manyi.register.Meetings;
import org.manyi.register.SpeechPart;
import org.manyi.register.web.Typed.Choice;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The district's meetings in pages: the list, a meeting, its agenda, and what it gave to do. */
@Controller
class MeetingPages {

    private static final int ROWS = 30;

    private final Meetings meetings;
    private final MeetingTasks tasks;
    private final Campaigns campaigns;
    private final Organisation organisation;
    private final Inbox inbox;
    private final CurrentUsers users;
    private final MovableClock clock;
    private final FormFiles formFiles;
    private final Typed typed;

    MeetingPages(
            Meetings meetings,
            MeetingTasks tasks,
            Campaigns campaigns,
            Organisation organisation,
            Inbox inbox,
            CurrentUsers users,
            MovableClock clock,
            FormFiles formFiles,
            Typed typed) {
        this.meetings = meetings;
        this.tasks = tasks;
        this.campaigns = campaigns;
        this.organisation = organisation;
        this.inbox = inbox;
        this.users = users;
        this.clock = clock;
        this.formFiles = formFiles;
        this.typed = typed;
    }

    /** The form of a meeting as it came back; what is missing is null. */
    record MeetingForm(
            String campaign, String node, String department, String title, String day, String place, String kind) {

        Meetings.Facts facts() {
            return new Meetings.Facts(
                    Typed.blankToNull(campaign),
                    Typed.blankToNull(node),
                    Typed.blankToNull(department),
                    title,
                    Typed.day(day),
                    place,
                    kind);
        }
    }

    /** Units of one sort under its name. */
    record UnitGroup(String label, List<Choice> units) {}

    @GetMapping("/registers/meetings")
    String list(@RequestParam(required = false) String cursor, Model model) {
        CurrentUser user = users.require();
        String from = cursor;
        Slice<Meetings.Item> found;
        try {
            found = meetings.list(from, ROWS, user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            found = meetings.list(null, ROWS, user);
        }
        model.addAttribute("found", found);
        model.addAttribute("mayEnter", !meetings.departments(user).isEmpty());
        model.addAttribute("firstHref", from == null ? null : "/registers/meetings");
        model.addAttribute(
                "nextHref", found.nextCursor() == null ? null : "/registers/meetings?cursor=" + found.nextCursor());
        return "register/meetings";
    }

    @GetMapping("/registers/meetings/new")
    String form(Model model) {
        showForm(new MeetingForm(null, null, null, null, null, null, null), users.require(), model);
        return "register/meeting-new";
    }

    private void showForm(MeetingForm form, CurrentUser user, Model model) {
        List<Choice> running = campaigns.list(user).stream()
                .filter(item -> item.state() == CampaignState.RUNNING)
                .map(item -> new Choice(item.id(), item.title() + " " + item.id()))
                .toList();
        model.addAttribute("form", form);
        model.addAttribute("campaigns", running);
        List<UnitGroup> nodes = new ArrayList<>();
        for (Choice campaign : running) {
            nodes.add(new UnitGroup(campaign.label(), nodes(campaign.value(), user)));
        }
        model.addAttribute("nodes", nodes);
        model.addAttribute("kinds", typed.choices("register.meetingKind.", MeetingKind.class));
        model.addAttribute(
                "departments",
                meetings.departments(user).entrySet().stream()
                        .map(entry -> new Choice(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private List<Choice> nodes(String campaign, CurrentUser user) {
        List<Choice> nodes = new ArrayList<>();
        for (Plan.Node node : campaigns.find(campaign, user).plan().plannedNodes()) {
            nodes.add(new Choice(node.id(), node.name()));
        }
        return nodes;
    }

    @PostMapping("/registers/meetings")
    String enter(
            @ModelAttribute MeetingForm form, Model model, RedirectAttributes redirect, HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            redirect.addAttribute("number", meetings.enter(form.facts(), user));
        } catch (ValidationException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", e.fields());
            showForm(form, user, model);
            return "register/meeting-new";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.meeting"));
        return "redirect:/registers/meetings/{number}";
    }

    @GetMapping("/registers/meetings/{number}")
    String meeting(@PathVariable String number, Model model) {
        return show(number, users.require(), model);
    }

    private String show(String number, CurrentUser user, Model model) {
        Meetings.Detail meeting = meetings.find(number, user);
        model.addAttribute("meeting", meeting);
        model.addAttribute("tasks", tasks.of(number, user));
        if (meeting.mayWrite()) {
            model.addAttribute("units", units());
            model.addAttribute("parts", typed.choices("register.part.", SpeechPart.class));
            model.addAttribute("today", clock.today());
        }
        return "register/meeting";
    }

    private List<UnitGroup> units() {
        Map<String, List<Choice>> groups = new LinkedHashMap<>();
        Map<String, String> districts = new LinkedHashMap<>();
        groups.put(typed.text("register.units.DEPARTMENT"), choices(organisation.units(UnitType.DEPARTMENT)));
        List<Unit> ofDistricts = organisation.units(UnitType.DISTRICT);
        groups.put(typed.text("register.units.DISTRICT"), choices(ofDistricts));
        ofDistricts.forEach(district -> districts.put(district.code(), district.name()));
        String elsewhere = typed.text("register.units.SCHOOL");
        for (Unit school : organisation.units(UnitType.SCHOOL)) {
            groups.computeIfAbsent(districts.getOrDefault(school.parentCode(), elsewhere), name -> new ArrayList<>())
                    .add(new Choice(school.code(), school.shortName()));
        }
        return groups.entrySet().stream()
                .map(group -> new UnitGroup(group.getKey(), group.getValue()))
                .toList();
    }

    private static List<Choice> choices(List<Unit> units) {
        return units.stream()
                .map(unit -> new Choice(unit.code(), unit.shortName()))
                .toList();
    }

    @GetMapping("/registers/meetings/{number}/edit")
    String edit(@PathVariable String number, Model model) {
        CurrentUser user = users.require();
        Meetings.Detail meeting = meetings.find(number, user);
        MeetingForm form = new MeetingForm(
                meeting.item().campaign(),
                meeting.node(),
                null,
                meeting.item().title(),
                meeting.item().day().toString(),
                meeting.item().place(),
                meeting.item().kind().code());
        showEdit(meeting, form, meeting.version(), user, model);
        return "register/meeting-edit";
    }

    private void showEdit(Meetings.Detail meeting, MeetingForm form, int version, CurrentUser user, Model model) {
        if (!meeting.mayWrite()) {
            throw new ForbiddenException("register.problem.ownMeeting");
        }
        model.addAttribute("meeting", meeting);
        model.addAttribute("form", form);
        model.addAttribute("version", version);
        model.addAttribute("nodes", nodes(meeting.item().campaign(), user));
        model.addAttribute("kinds", typed.choices("register.meetingKind.", MeetingKind.class));
    }

    @PostMapping("/registers/meetings/{number}/edit")
    String change(
            @PathVariable String number,
            @RequestParam int version,
            @ModelAttribute MeetingForm form,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            meetings.change(number, version, form.facts(), user);
        } catch (ValidationException | ConflictException e) {
            Refusals.show(e, "title", model, response);
            showEdit(meetings.find(number, user), form, version, user, model);
            return "register/meeting-edit";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.saved"));
        return "redirect:/registers/meetings/{number}";
    }

    @PostMapping("/registers/meetings/{number}/minutes")
    String writeMinutes(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String minutes,
            @RequestParam(required = false) List<String> kept,
            @RequestParam(required = false) List<MultipartFile> files,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        List<String> taken = new ArrayList<>(kept == null ? List.of() : kept);
        try {
            meetings.find(number, user);
            taken.addAll(formFiles.store(files, user));
            meetings.writeMinutes(number, version, minutes, taken, user);
        } catch (ValidationException | ConflictException | ContentRefusedException e) {
            model.addAttribute("typedMinutes", minutes);
            model.addAttribute("keptFiles", formFiles.readable(taken, user));
            Refusals.show(e, "minutes", model, response);
            return show(number, user, model);
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.minutes"));
        return "redirect:/registers/meetings/{number}";
    }

    @PostMapping("/registers/meetings/{number}/speeches")
    String addSpeech(
            @PathVariable String number,
            @RequestParam(required = false) String unit,
            @RequestParam(required = false) String part,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        try {
            meetings.addSpeech(number, unit, part, null, List.of(), user);
        } catch (ValidationException e) {
            model.addAttribute("typedSpeaker", unit);
            model.addAttribute("typedPart", part);
            Refusals.show(e, "unit", model, response);
            return show(number, user, model);
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.speech"));
        return "redirect:/registers/meetings/{number}";
    }

    @PostMapping("/registers/meetings/{number}/tasks")
    String give(
            @PathVariable String number,
            @RequestParam(required = false) String what,
            @RequestParam(required = false) String doer,
            @RequestParam(required = false) String dueDate,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        String given;
        try {
            given = tasks.give(number, what, doer, Typed.day(dueDate), user);
        } catch (ValidationException e) {
            model.addAttribute("typedWhat", what);
            model.addAttribute("typedDoer", doer);
            model.addAttribute("typedDue", dueDate);
            List<FieldProblem> shown =
                    e.fields().stream().map(MeetingPages::asShown).toList();
            Refusals.show(new ValidationException(shown), "what", model, response);
            return show(number, user, model);
        }
        MeetingTasks.Item task = tasks.find(given, user).item();
        redirect.addFlashAttribute(
                "flash",
                task.moved()
                        ? typed.text("register.said.task.moved", task.dueOn().toString())
                        : typed.text("register.said.task"));
        return "redirect:/registers/meetings/{number}";
    }

    /** The page has two units to choose, the one that speaks and the one that is given something. */
    private static FieldProblem asShown(FieldProblem problem) {
        return problem.field().equals("unit")
                ? new FieldProblem("doer", problem.code(), problem.messageKey(), problem.args())
                : problem;
    }

    @GetMapping("/registers/speeches/{number}")
    String speech(@PathVariable String number, Model model) {
        CurrentUser user = users.require();
        Meetings.Speech speech = meetings.speech(number, user);
        showSpeech(speech, speech.statement(), speech.version(), user, model);
        return "register/speech";
    }

    private void showSpeech(Meetings.Speech speech, String statement, int version, CurrentUser user, Model model) {
        Meetings.Detail meeting = meetings.find(speech.meeting(), user);
        model.addAttribute("speech", speech);
        model.addAttribute("statement", statement);
        model.addAttribute("version", version);
        model.addAttribute("meeting", meeting);
    }

    @PostMapping("/registers/speeches/{number}")
    String writeSpeech(
            @PathVariable String number,
            @RequestParam int version,
            @RequestParam(required = false) String statement,
            @RequestParam(required = false) List<String> kept,
            @RequestParam(required = false) List<MultipartFile> files,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        List<String> taken = new ArrayList<>(kept == null ? List.of() : kept);
        try {
            meetings.speech(number, user);
            taken.addAll(formFiles.store(files, user));
            meetings.writeSpeech(number, version, statement, taken, user);
        } catch (ValidationException | ConflictException | ContentRefusedException e) {
            Refusals.show(e, "statement", model, response);
            model.addAttribute("keptFiles", formFiles.readable(taken, user));
            showSpeech(meetings.speech(number, user), statement, version, user, model);
            return "register/speech";
        }
        redirect.addFlashAttribute("flash", typed.text("register.said.saved"));
        return "redirect:/registers/speeches/{number}";
    }

    @PostMapping("/registers/speeches/{number}/move")
    String moveSpeech(@PathVariable String number, @RequestParam int version, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        redirect.addAttribute("meeting", meetings.speech(number, user).meeting());
        meetings.moveSpeech(number, version, user);
        return "redirect:/registers/meetings/{meeting}";
    }

    @PostMapping("/registers/speeches/{number}/withdraw")
    String withdrawSpeech(@PathVariable String number, @RequestParam int version, RedirectAttributes redirect) {
        CurrentUser user = users.require();
        redirect.addAttribute("meeting", meetings.speech(number, user).meeting());
        meetings.withdrawSpeech(number, version, user);
        redirect.addFlashAttribute("flash", typed.text("register.said.withdrawn"));
        return "redirect:/registers/meetings/{meeting}";
    }

    @GetMapping("/registers/meeting-tasks/{number}")
    String task(@PathVariable String number, Model model) {
        CurrentUser user = users.require();
        model.addAttribute("given", tasks.find(number, user));
        model.addAttribute("tasks", inbox.tasksOf(number, user));
        return "register/task";
    }
}
