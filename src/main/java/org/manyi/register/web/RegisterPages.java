package org.manyi.register.web;

import org.manyi.register.ClassGroups;
import org.manyi.register.ContactVisits;
import org.manyi.register.MeetingTasks;
import org.manyi.register.Meetings;
import org.manyi.register.Publicity;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The registers at a glance. */
@Controller
class RegisterPages {

    private final Meetings meetings;
    private final MeetingTasks tasks;
    private final ContactVisits visits;
    private final ClassGroups groups;
    private final Publicity publicity;
    private final CurrentUsers users;

    RegisterPages(
            Meetings meetings,
            MeetingTasks tasks,
            ContactVisits visits,
            ClassGroups groups,
            Publicity publicity,
            CurrentUsers users) {
        this.meetings = meetings;
        this.tasks = tasks;
        this.visits = visits;
        this.groups = groups;
        this.publicity = publicity;
        this.users = users;
    }

    @GetMapping("/registers")
    String overview(Model model) {
        CurrentUser user = users.require();
        model.addAttribute("meetings", meetings.list(null, 1, user).count());
        model.addAttribute("openTasks", tasks.open(user));
        model.addAttribute("visits", visits.open(user) ? visits.thisMonth(user) : null);
        model.addAttribute("groups", groups.total(user));
        model.addAttribute("reached", publicity.reached(user));
        return "register/overview";
    }
}
