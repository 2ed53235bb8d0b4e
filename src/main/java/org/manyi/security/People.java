package org.manyi.security;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Makes the current user of an account: roles from the posts held, but for the three administrators. */
@Component
class People {

    // Asked for at the first use: the organisation that implements it asks this room who is at work.
    private final ObjectProvider<PostDirectory> posts;

    People(ObjectProvider<PostDirectory> posts) {
        this.posts = posts;
    }

    CurrentUser of(AccountRow account) {
        if (account.role() != null) {
            return new CurrentUser(account.username(), account.name(), Set.of(account.role()), List.of());
        }
        List<HeldPost> held = posts.getObject().postsOf(account.username());
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        for (HeldPost post : held) {
            Role role = roleOf(post.key());
            if (role != null) {
                roles.add(role);
            }
        }
        return new CurrentUser(account.username(), account.name(), Set.copyOf(roles), List.copyOf(held));
    }

    /** What a post makes of its holder; null for a post that gives no part in cases. */
    static Role roleOf(String postKey) {
        String kind = postKey.substring(0, Math.max(0, postKey.indexOf(':')));
        return switch (kind) {
            case "bureau" -> roleInBureau(postKey.substring(kind.length() + 1));
            case "leader" -> Role.LEADER;
            case "dept" -> Role.DEPARTMENT;
            case "district" -> Role.DISTRICT;
            case "school" -> Role.SCHOOL;
            case "team" -> Role.INSPECTOR;
            case "body" -> Role.LIAISON;
            default -> null;
        };
    }

    private static Role roleInBureau(String part) {
        if (part.equals("chair")) {
            return Role.CHAIR;
        }
        if (part.equals("child-protection")) {
            return Role.PROTECTOR;
        }
        return part.startsWith("deputy") ? Role.DEPUTY : null;
    }
}
