package org.manyi.notification;

import java.util.Collection;
import java.util.Set;
import org.manyi.issue.UnmaskedExportEvent;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedExportAsked;
import org.manyi.issue.UnmaskedExportEvent.UnmaskedExportDecided;
import org.manyi.notification.CaseMails.News;
import org.manyi.org.Organisation;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells who may decide that a ledger with reporters in clear is asked for, and who asked what was decided. */
@Component
class ExportMails {

    private final CaseMails mails;
    private final Organisation organisation;

    ExportMails(CaseMails mails, Organisation organisation) {
        this.mails = mails;
        this.organisation = organisation;
    }

    @EventListener
    void on(UnmaskedExportAsked asked) {
        tell(asked, "exportAsked", organisation.holders(asked.posts()));
    }

    @EventListener
    void on(UnmaskedExportDecided decided) {
        tell(decided, decided.approved() ? "exportApproved" : "exportRefused", Set.of(decided.asker()));
    }

    private void tell(UnmaskedExportEvent event, String words, Collection<String> people) {
        String number = event.caseNumber();
        News news = new News(
                words + ":" + number,
                NewsKind.CASE,
                words,
                number,
                null,
                null,
                event.purpose(),
                null,
                null,
                null,
                null,
                false,
                false,
                "/issues/exports/" + number);
        mails.tell(news, people);
    }
}
