package org.manyi.campaign.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkReviews;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Shows what waits to be checked and passes decisions on to the inbox, one by one. */
@Service
class ReviewDesk implements WorkReviews {

    /** What waits for somebody with one of the posts: nobody else has taken it. */
    private static final String WAITING = """
            from campaign_work w join inbox_task t on t.case_number = w.number and t.task_key = 'checkWork' and t.state = 'open'
            where w.campaign_id = :campaign and w.state = 'checking' and (t.assignee is null or t.assignee = :user)
                and (w.handed_in_by is null or w.handed_in_by <> :user)
                and exists (select 1 from inbox_candidate c where c.task_id = t.task_id and c.post_key in (:posts))
            """;

    private final Campaigns campaigns;
    private final CampaignYear year;
    private final Inbox inbox;
    private final JdbcClient jdbc;
    private final MessageSource messages;

    ReviewDesk(Campaigns campaigns, CampaignYear year, Inbox inbox, JdbcClient jdbc, MessageSource messages) {
        this.campaigns = campaigns;
        this.year = year;
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.messages = messages;
    }

    private static Map<String, Object> params(String campaign, CurrentUser user) {
        Map<String, Object> params = new HashMap<>();
        params.put("campaign", campaign);
        params.put("user", user.username());
        Set<String> posts = new HashSet<>(user.postKeys());
        // A list in SQL has at least one element; no post is called so.
        posts.add("");
        params.put("posts", posts);
        return params;
    }

    @Override
    public List<Waiting> waiting(String campaign, CurrentUser user) {
        campaigns.find(campaign, user);
        return jdbc.sql("select w.node_id, min(w.name) as name, count(*) as n " + WAITING
                        + " group by w.node_id order by n desc, w.node_id")
                .params(params(campaign, user))
                .query((row, n) -> new Waiting(row.getString("node_id"), row.getString("name"), row.getInt("n")))
                .list();
    }

    /** A task with its work's number. */
    private record Line(String taskId, int version, String number) {}

    @Override
    public Slice<ToCheck> list(String campaign, String node, String cursor, int size, CurrentUser user) {
        campaigns.find(campaign, user);
        Map<String, Object> params = params(campaign, user);
        String which = "";
        if (node != null) {
            which = " and w.node_id = :node";
            params.put("node", node);
        }
        long all = jdbc.sql("select count(*) " + WAITING + which)
                .params(params)
                .query(Long.class)
                .single();
        Cursor after = Cursor.decode(cursor, 1);
        String from = "";
        if (after != null) {
            from = " and w.number > :number";
            params.put("number", after.parts().get(0));
        }
        params.put("limit", size + 1);
        List<Line> lines = jdbc.sql("select t.task_id, t.version, w.number " + WAITING + which + from
                        + " order by w.number fetch first :limit rows only")
                .params(params)
                .query((row, n) -> new Line(row.getString("task_id"), row.getInt("version"), row.getString("number")))
                .list();
        return Slice.of(lines, size, line -> Cursor.of(line.number()), new Count(all, false))
                .map(line -> new ToCheck(line.taskId(), line.version(), year.work(line.number(), user)));
    }

    @Override
    public List<Result> decide(List<Decision> decisions, CurrentUser user) {
        if (decisions.isEmpty() || decisions.size() > MOST) {
            throw ValidationException.of("decisions", "range", "campaign.problem.reviews", MOST);
        }
        List<Result> results = new ArrayList<>();
        for (Decision decision : decisions) {
            results.add(decide(decision, user));
        }
        return results;
    }

    private Result decide(Decision decision, CurrentUser user) {
        String number = null;
        String name = null;
        try {
            TaskItem task = inbox.find(decision.taskId(), user);
            number = task.caseNumber();
            WorkDetail work = year.work(number, user);
            name = work.unitName() == null
                    ? work.item().name()
                    : work.unitName() + " " + work.item().name();
            inbox.complete(decision.taskId(), decision.version(), values(decision), user);
            return new Result(decision.taskId(), number, name, true, null);
        } catch (ProblemException e) {
            return new Result(decision.taskId(), number, name, false, words(e));
        }
    }

    private static Map<String, Object> values(Decision decision) {
        Map<String, Object> values = new HashMap<>();
        values.put("decision", decision.passes() ? "pass" : "return");
        if (decision.reason() != null && !decision.reason().isBlank()) {
            values.put("reason", decision.reason());
        }
        if (!decision.passes() && decision.newDue() != null) {
            values.put("newDue", decision.newDue().toString());
        }
        return values;
    }

    private String words(ProblemException refusal) {
        if (refusal.fields().isEmpty()) {
            return messages.getMessage(refusal.messageKey(), refusal.args(), LocaleContextHolder.getLocale());
        }
        FieldProblem first = refusal.fields().get(0);
        return messages.getMessage(first.messageKey(), first.args().toArray(), LocaleContextHolder.getLocale());
    }
}
