package org.manyi.security;

import java.util.Optional;
import java.util.function.Supplier;
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

    ContextCurrentUsers(AccountStore accounts, People people) {
        this.accounts = accounts;
        this.people = people;
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
