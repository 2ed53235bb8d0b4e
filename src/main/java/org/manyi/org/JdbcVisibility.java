package org.manyi.org;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.security.CurrentUser;
import org.manyi.security.HeldPost;
import org.manyi.security.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The scope of a person, from the posts held. */
@Repository
class JdbcVisibility implements Visibility {

    private static final Set<Role> ADMINISTRATORS = Set.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR);
    private static final Scope NOTHING = new Scope(false, Set.of());

    private final JdbcClient jdbc;

    JdbcVisibility(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Scope scopeOf(CurrentUser user) {
        if (user.roles().stream().anyMatch(ADMINISTRATORS::contains)) {
            return NOTHING;
        }
        if (user.holds(PostKeys.CHAIR)) {
            return new Scope(true, Set.of());
        }
        Set<String> keys = new LinkedHashSet<>();
        for (HeldPost post : user.posts()) {
            keys.addAll(PostKeys.scopeKeys(post));
        }
        Set<String> deputyPosts =
                user.postKeys().stream().filter(PostKeys::isDeputy).collect(Collectors.toSet());
        if (!deputyPosts.isEmpty()) {
            keys.addAll(remitsOf(deputyPosts));
        }
        return new Scope(false, Set.copyOf(keys));
    }

    @Override
    public boolean covers(CurrentUser user, String unitCode) {
        Scope scope = scopeOf(user);
        if (scope.all()) {
            return jdbc.sql("select 1 from org_unit where code = :code")
                    .param("code", unitCode)
                    .query(Integer.class)
                    .optional()
                    .isPresent();
        }
        return !scope.scopeKeys().isEmpty()
                && !jdbc.sql("select 1 from org_unit_scope where unit_code = :code and scope_key in (:keys)")
                        .param("code", unitCode)
                        .param("keys", scope.scopeKeys())
                        .query(Integer.class)
                        .list()
                        .isEmpty();
    }

    private Set<String> remitsOf(Set<String> deputyPosts) {
        return jdbc
                .sql("select code from org_remit where post_key in (:posts)")
                .param("posts", deputyPosts)
                .query(String.class)
                .list()
                .stream()
                .map(PostKeys::remitScope)
                .collect(Collectors.toSet());
    }
}
