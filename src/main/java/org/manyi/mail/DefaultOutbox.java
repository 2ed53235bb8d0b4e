package org.manyi.mail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.Account;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

@Service
class DefaultOutbox implements Outbox {

    private final MailRows rows;
    private final MailTemplates templates;
    private final Accounts accounts;
    private final MailSettings settings;
    private final TransactionTemplate savepoint;
    private final ThreadLocal<Boolean> suppressed = ThreadLocal.withInitial(() -> false);

    DefaultOutbox(
            MailRows rows,
            MailTemplates templates,
            Accounts accounts,
            MailSettings settings,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.templates = templates;
        this.accounts = accounts;
        this.settings = settings;
        this.savepoint = new TransactionTemplate(transactions);
        this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public int enqueue(List<NewMail> mails) {
        Map<String, NewMail> wanted = new LinkedHashMap<>();
        mails.forEach(mail -> wanted.putIfAbsent(mail.uniqueKey(), mail));
        if (wanted.isEmpty()) {
            return 0;
        }
        try {
            return savepoint.execute(status -> insertMissing(wanted));
        } catch (DuplicateKeyException e) {
            // Another transaction wrote one of them meanwhile and has committed, so that it is seen now.
            return savepoint.execute(status -> insertMissing(wanted));
        }
    }

    private int insertMissing(Map<String, NewMail> wanted) {
        MailRows.Before before = rows.before(
                wanted.keySet(), wanted.values().stream().map(NewMail::username).collect(Collectors.toSet()));
        List<NewMail> missing = wanted.values().stream()
                .filter(mail -> !before.keys().contains(mail.uniqueKey()))
                .toList();
        if (missing.isEmpty()) {
            return 0;
        }
        Set<String> usernames = missing.stream().map(NewMail::username).collect(Collectors.toSet());
        Map<String, Account> recipients = accounts.findAll(usernames).stream()
                .filter(account -> account.active() && account.email() != null)
                .collect(Collectors.toMap(Account::username, Function.identity()));
        Map<String, Integer> today = before.today();
        List<MailRows.NewRow> fresh = new ArrayList<>();
        for (NewMail mail : missing) {
            Account recipient = recipients.get(mail.username());
            if (recipient != null) {
                fresh.add(row(mail, recipient, today.merge(mail.username(), 1, Integer::sum)));
            }
        }
        if (!fresh.isEmpty()) {
            rows.insert(fresh);
        }
        return fresh.size();
    }

    private MailRows.NewRow row(NewMail mail, Account recipient, int numberToday) {
        MailState state = MailState.WAITING;
        MailReason reason = null;
        if (suppressed.get()) {
            state = MailState.SUPPRESSED;
            reason = MailReason.DEMONSTRATION;
        } else if (!Addresses.isSound(recipient.email())) {
            state = MailState.FAILED;
            reason = MailReason.ADDRESS;
        } else if (numberToday > settings.dailyLimit()) {
            state = MailState.SUPPRESSED;
            reason = MailReason.DAILY_LIMIT;
        } else if (mail.notBefore() != null) {
            reason = MailReason.QUIET;
        }
        return new MailRows.NewRow(
                mail.uniqueKey(),
                mail.username(),
                recipient.email(),
                recipient.locale(),
                mail.template(),
                mail.caseNumber(),
                mail.topic(),
                templates.draft(mail.template(), Locale.forLanguageTag(recipient.locale()), mail.model()),
                "<" + UUID.randomUUID() + "@" + templates.host() + ">",
                state,
                reason,
                mail.worth(),
                mail.notBefore());
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(String topic) {
        rows.withdraw(topic);
    }

    @Override
    public <T> T suppressing(Supplier<T> work) {
        boolean before = suppressed.get();
        suppressed.set(true);
        try {
            return work.get();
        } finally {
            if (before) {
                suppressed.set(true);
            } else {
                suppressed.remove();
            }
        }
    }
}
