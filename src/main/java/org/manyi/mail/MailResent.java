package org.manyi.mail;

import java.time.Instant;
import org.manyi.shared.CaseEvent;

/**
 * An administrator had a mail sent again.
 *
 * @param at business time, never null
 * @param actor never null
 * @param caseNumber the mail's id, never null
 */
public record MailResent(Instant at, String actor, String caseNumber) implements CaseEvent {

    @Override
    public String objectType() {
        return "mail";
    }
}
