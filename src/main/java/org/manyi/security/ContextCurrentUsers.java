package org.manyi.security;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is at work, as Spring Security knows it in this thread. */
@Component
class ContextCurrentUsers implements CurrentUsers {

    private final AccountStore accounts;
    private final People people;
    private final Logins logins;
    private final Clock system;

    ContextCurrentUsers(AccountStore accounts, People people, Logins logins, MovableClock clock) {
        this.accounts = accounts;
        this.people = people;
        this.logins = logins;
        this.system = clock.system();
    }

    @Override
    public CurrentUser require() {
        return find().orElseThrow(() -> new IllegalStateException("Nobody is at work in this thread"));
    }

    @Override
    public Optional<CurrentUser> find() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication instanceof ManyiAuthentication manyi
                        && manyi.login().isComplete()
                ? Optional.of(manyi.getPrincipal())
                : Optional.empty();
    }

    @Override
    public CurrentUser byUsername(String username) {
        return accounts.find(username).map(people::of).orElseThrow(NotFoundException::new);
    }

    @Override
    public Optional<CurrentUser> findAble(String username) {
        return accounts.listed(username)
                .filter(listed ->
                        listed.lockedUntil() == null || !listed.lockedUntil().isAfter(system.instant()))
                .map(AccountStore.Listed::account)
                .map(account -> logins.renew(account, account.epoch(), Logins.Door.PAGE, true))
                .filter(login -> login.due() == Login.Due.NOTHING)
                .map(Login::user);
    }

    @Override
    public <T> T runAs(String username, Supplier<T> work) {
        AccountRow account = accounts.find(username).filter(AccountRow::active).orElseThrow(NotFoundException::new);
        SecurityContext before = SecurityContextHolder.getContext();
        SecurityContext during = SecurityContextHolder.createEmptyContext();
        during.setAuthentication(
                new ManyiAuthentication(new Login(people.of(account), account.epoch(), Login.Due.NOTHING)));
        SecurityContextHolder.setContext(during);
        try {
            return work.get();
        } finally {
            if (before.getAuthentication() == null) {
                SecurityContextHolder.clearContext();
            } else {
                SecurityContextHolder.setContext(before);
            }
        }
    }
}
