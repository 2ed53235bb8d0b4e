package org.manyi.campaign.process;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.manyi.calendar.DateTexts;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.WorkState;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.UpcomingDeadlines;
import org.manyi.security.CurrentUser;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The pieces of a running year's work that are planned and not open yet, for those who will have them to do. */
@Component
class WorkDeadlines implements UpcomingDeadlines {

    private static final Set<String> NO_UNIT = Set.of("");

    private final JdbcClient jdbc;
    private final CaseAccess access;
    private final YearOffers offers;
    private final DateTexts dates;
    private final MessageSource messages;

    WorkDeadlines(JdbcClient jdbc, CaseAccess access, YearOffers offers, DateTexts dates, MessageSource messages) {
        this.jdbc = jdbc;
        this.access = access;
        this.offers = offers;
        this.dates = dates;
        this.messages = messages;
    }

    /** What a post or a node's owner does has no unit; whose it is says the plan. */
    @Override
    @Transactional(readOnly = true)
    public List<Deadline> of(CurrentUser user, int most) {
        Set<String> posts = user.postKeys();
        CaseAccess.Condition seen = access.condition(user, "w.number");
        return jdbc
                .sql("""
                        select w.* from campaign_work w
                        where w.campaign_id in (select c.id from campaign c where c.state = :running) and w.state = :planned
                            and (w.unit_code is null or w.unit_code in (:units)) and %s
                        order by w.due_on, w.number
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("running", CampaignState.RUNNING.code())
                .param("planned", WorkState.PLANNED.code())
                .param("units", posts.isEmpty() ? NO_UNIT : user.unitCodes())
                .query((row, n) -> WorkStore.row(row))
                .list()
                .stream()
                .filter(work -> !Collections.disjoint(offers.doers(work.number()), posts))
                .limit(most)
                .map(this::deadline)
                .toList();
    }

    private Deadline deadline(WorkRow work) {
        String number = work.number().toString();
        return new Deadline(
                "work-" + number,
                text("campaign.deadline.planned", work.name()),
                List.of(number, text("campaign.deadline.starts", dates.weekday(work.startsOn()))),
                offers.onDayOf(work),
                "/works/" + number);
    }

    private String text(String key, Object argument) {
        return messages.getMessage(key, new Object[] {argument}, LocaleContextHolder.getLocale());
    }
}
