package org.manyi.issue.process;

import java.util.List;
import org.manyi.engine.Processes;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskOffer;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whoever asks a second time in one round asks a leader. */
@Component
class DecideFurtherExtensionTask extends DecideExtensionTask {

    private final Offers offers;
    private final Leaders leaders;
    private final IssueSettings settings;

    DecideFurtherExtensionTask(
            IssueStore store,
            Offers offers,
            Leaders leaders,
            Extensions extensions,
            Processes processes,
            ObjectProvider<Inbox> inbox,
            IssueSettings settings,
            MovableClock clock) {
        super(store, offers, extensions, processes, inbox, settings, clock);
        this.offers = offers;
        this.leaders = leaders;
        this.settings = settings;
    }

    @Override
    public String key() {
        return RectificationRound.DECIDE_FURTHER_EXTENSION;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(
                issue, List.of(leaders.post(issue)), offers.withinDays(settings.decideExtensionDays()));
    }
}
