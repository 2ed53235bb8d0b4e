package org.manyi.security;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who is at work: read anew at every request, so that a change of post is felt at once.
 *
 * @param username unique, never null
 * @param name as shown, never null
 * @param roles never null
 * @param posts never null, empty for the three administrators
 */
public record CurrentUser(String username, String name, Set<Role> roles, List<HeldPost> posts) {

    /** Whether the person has this role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether the person holds this post. */
    public boolean holds(String postKey) {
        return posts.stream().anyMatch(post -> post.key().equals(postKey));
    }

    /** The keys of the posts held; never null. */
    public Set<String> postKeys() {
        return posts.stream().map(HeldPost::key).collect(Collectors.toUnmodifiableSet());
    }

    /** The codes of the units of the posts held; never null. */
    public Set<String> unitCodes() {
        return posts.stream().map(HeldPost::unitCode).collect(Collectors.toUnmodifiableSet());
    }
}
