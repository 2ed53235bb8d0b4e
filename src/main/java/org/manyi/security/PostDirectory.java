package org.manyi.security;

import java.util.List;

/** Which posts a person holds; implemented by the organisation. */
public interface PostDirectory {

    /**
     * The posts that a person holds today, substitutions included.
     *
     * @param username never null
     * @return never null, empty when none
     */
    List<HeldPost> postsOf(String username);
}
