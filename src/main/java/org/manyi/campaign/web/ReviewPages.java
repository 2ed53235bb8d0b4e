package org.manyi.campaign.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.WorkReviews;
import org.manyi.campaign.WorkReviews.Decision;
import org.manyi.campaign.WorkReviews.ToCheck;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.manyi.shared.web.Refusals;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** What schools handed in, checked a page at a time, each beside last year's. */
@Controller
class ReviewPages {

    private static final int ROWS = 20;

    private final Campaigns campaigns;
    private final WorkReviews reviews;
    private final CurrentUsers users;

    ReviewPages(Campaigns campaigns, WorkReviews reviews, CurrentUsers users) {
        this.campaigns = campaigns;
        this.reviews = reviews;
        this.users = users;
    }

    @GetMapping("/campaigns/{id}/review")
    String review(
            @PathVariable String id,
            @RequestParam(required = false) String node,
            @RequestParam(required = false) String cursor,
            Model model) {
        return show(id, node, cursor, users.require(), model);
    }

    private String show(String id, String node, String cursor, CurrentUser user, Model model) {
        String wanted = node == null || node.isBlank() ? null : node;
        model.addAttribute("item", campaigns.find(id, user).item());
        model.addAttribute("waiting", reviews.waiting(id, user));
        model.addAttribute("node", wanted);
        String from = cursor;
        Slice<ToCheck> page;
        try {
            page = reviews.list(id, wanted, from, ROWS, user);
        } catch (ValidationException e) {
            // A page marker that is no longer good: rather the first page than a fault.
            from = null;
            page = reviews.list(id, wanted, from, ROWS, user);
        }
        model.addAttribute("page", page);
        model.addAttribute("cursor", from);
        model.addAttribute("firstHref", from == null ? null : href(id, wanted, null));
        model.addAttribute("nextHref", page.nextCursor() == null ? null : href(id, wanted, page.nextCursor()));
        return "campaign/review";
    }

    private static String href(String id, String node, String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/campaigns/{id}/review");
        if (node != null) {
            uri.queryParam("node", "{node}");
        }
        if (cursor != null) {
            uri.queryParam("cursor", "{cursor}");
        }
        return uri.encode()
                .buildAndExpand(
                        Map.of("id", id, "node", node == null ? "" : node, "cursor", cursor == null ? "" : cursor))
                .toUriString();
    }

    /**
     * Decides the chosen ones.
     *
     * @param chosen task and version of each, with a colon between them
     */
    @PostMapping("/campaigns/{id}/review")
    String decide(
            @PathVariable String id,
            @RequestParam(required = false) String node,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) List<String> chosen,
            @RequestParam(required = false) String decision,
            @RequestParam(required = false) String reason,
            @RequestParam(required = false) String newDue,
            Model model,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        boolean passes = "pass".equals(decision);
        try {
            if (!passes && !"return".equals(decision)) {
                throw ValidationException.of("decision", "required", "campaign.problem.reviewDecision");
            }
            model.addAttribute("results", reviews.decide(decisions(chosen, passes, reason, newDue), user));
        } catch (ValidationException e) {
            Refusals.show(e, "decision", model, response);
            model.addAttribute("chosen", chosen == null ? List.of() : chosen);
            model.addAttribute("typedDecision", decision);
            model.addAttribute("typedReason", reason);
            model.addAttribute("typedNewDue", newDue);
        }
        return show(id, node, cursor, user, model);
    }

    private static List<Decision> decisions(List<String> chosen, boolean passes, String reason, String newDue) {
        List<Decision> decisions = new ArrayList<>();
        for (String one : chosen == null ? List.<String>of() : chosen) {
            int colon = one.lastIndexOf(':');
            try {
                decisions.add(new Decision(
                        one.substring(0, Math.max(colon, 0)),
                        Integer.parseInt(one.substring(colon + 1)),
                        passes,
                        reason,
                        ChangePages.day(newDue)));
            } catch (NumberFormatException e) {
                throw ValidationException.of("decision", "malformed", "campaign.problem.reviews", WorkReviews.MOST);
            }
        }
        return decisions;
    }
}
