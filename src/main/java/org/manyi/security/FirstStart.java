package org.manyi.security;

import java.util.List;
import java.util.Locale;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * On an empty database, before the first request: leaves the accounts to the demonstration, makes the first two administrators with the
 * installer's password, or refuses to start, since nobody could ever log in. The third administrator, the auditor, is made by the security
 * administrator.
 */
@Component
class FirstStart implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final AccountStore store;
    private final StoredAccounts accounts;
    private final MessageSource messages;
    private final boolean demonstration;
    private final String password;

    FirstStart(
            AccountStore store,
            StoredAccounts accounts,
            MessageSource messages,
            @Value("${manyi.demo}") boolean demonstration,
            @Value("${manyi.admin-password}") String password) {
        this.store = store;
        this.accounts = accounts;
        this.messages = messages;
        this.demonstration = demonstration;
        this.password = password;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (demonstration || !store.isEmpty()) {
            return;
        }
        if (password.isBlank()) {
            throw new FirstStartRefusedException("The database is empty, and nobody could log in.");
        }
        try {
            accounts.create(
                    List.of(
                            administrator("sysadmin", "security.role.SYSADMIN", Role.SYSADMIN),
                            administrator("secadmin", "security.role.SECADMIN", Role.SECADMIN)),
                    PasswordState.INITIAL);
            LOG.info("Made the first administrators, sysadmin and secadmin");
        } catch (DuplicateKeyException e) {
            LOG.info("Another node has made the first administrators");
        } catch (ValidationException e) {
            throw new FirstStartRefusedException("MANYI_ADMIN_PASSWORD breaks a rule for passwords: "
                    + e.fields().stream().map(FieldProblem::code).distinct().toList() + ".");
        }
    }

    private Accounts.NewAccount administrator(String username, String nameKey, Role role) {
        String name = messages.getMessage(nameKey, null, Locale.SIMPLIFIED_CHINESE);
        return new Accounts.NewAccount(username, name, null, null, role, password, false);
    }
}
