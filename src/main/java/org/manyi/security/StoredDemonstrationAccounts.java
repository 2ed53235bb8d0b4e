package org.manyi.security;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

@Service
class StoredDemonstrationAccounts implements DemonstrationAccounts {

    /** Of some sixty schools the first two stand for all. */
    private static final Pattern OF_FURTHER_SCHOOLS = Pattern.compile("(principal|staff)(?!00[12]$)\\d+");

    private final JdbcClient jdbc;
    private final AccountStore accounts;
    private final People people;
    private final boolean demonstration;
    private final String password;

    StoredDemonstrationAccounts(
            JdbcClient jdbc,
            AccountStore accounts,
            People people,
            @Value("${manyi.demo}") boolean demonstration,
            @Value("${manyi.demo-password}") String password) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.people = people;
        this.demonstration = demonstration;
        this.password = password;
    }

    private record Ranked(int rank, Shown shown) {}

    @Override
    public List<Shown> shown() {
        if (!demonstration) {
            return List.of();
        }
        List<String> usernames = jdbc
                .sql("select username from account where password_state = 'DEMONSTRATION' and active")
                .query(String.class)
                .list()
                .stream()
                .filter(username -> !OF_FURTHER_SCHOOLS.matcher(username).matches())
                .toList();
        return accounts.findAll(usernames).stream()
                .map(listed -> ranked(people.of(listed.account())))
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparing(ranked -> ranked.shown().username()))
                .map(Ranked::shown)
                .toList();
    }

    private Ranked ranked(CurrentUser user) {
        int rank = user.roles().stream().mapToInt(Role::ordinal).min().orElse(Integer.MAX_VALUE);
        return new Ranked(
                rank,
                new Shown(
                        user.username(),
                        user.name(),
                        user.posts().stream().map(HeldPost::unitName).distinct().toList(),
                        password));
    }
}
