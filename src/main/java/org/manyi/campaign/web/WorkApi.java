package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.YearWork;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pieces of the year's work by API; they are done by their tasks. */
@RestController
@RequestMapping("/api/v1/works")
@Tag(name = "Campaigns")
class WorkApi {

    private final CampaignYear year;
    private final YearWork works;
    private final CurrentUsers users;

    WorkApi(CampaignYear year, YearWork works, CurrentUsers users) {
        this.year = year;
        this.works = works;
        this.users = users;
    }

    /**
     * A piece of work.
     *
     * @param report what was handed in, null before
     * @param onBehalf whether the department entered it
     * @param rights what one may do with it now
     */
    record Detail(
            CampaignApi.Work work,
            String report,
            boolean onBehalf,
            String returnedReason,
            List<WorkDetail.LaterDate> laterDates,
            List<WorkDetail.Entry> history,
            YearWork.Rights rights) {}

    /** A later day asked for. */
    record LaterDate(@NotNull LocalDate until, String reason) {}

    /**
     * What a department enters for who did it.
     *
     * @param files ids of attachments that one uploaded, null for none
     */
    record Registration(String report, List<String> files) {}

    @Operation(summary = "A piece of the year's work with what became of it")
    @GetMapping("/{number}")
    Detail find(@Parameter(example = "2026-ND-01.fileSchoolPlan.S0001") @PathVariable String number) {
        CurrentUser user = users.require();
        WorkDetail work = year.work(number, user);
        return new Detail(
                CampaignApi.Work.of(work.item()),
                work.report(),
                work.onBehalf(),
                work.returnedReason(),
                work.laterDates(),
                work.history(),
                works.rights(number, user));
    }

    @Operation(
            summary = "Ask for a later day",
            description = "By who is to do it; whoever checks it decides. Asked when the day is over, it stays late.")
    @PostMapping("/{number}/laterDate")
    Detail askLaterDate(@PathVariable String number, @Valid @RequestBody LaterDate asked) {
        works.askLaterDate(number, asked.until(), asked.reason(), users.require());
        return find(number);
    }

    @Operation(
            summary = "Enter for a school what it did",
            description = "By the department that checks it or answers for its node; somebody else checks it then.")
    @PostMapping("/{number}/register")
    Detail register(@PathVariable String number, @RequestBody Registration entered) {
        List<String> files = entered.files() == null ? List.of() : entered.files();
        works.register(number, entered.report(), files, users.require());
        return find(number);
    }
}
