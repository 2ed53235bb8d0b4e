package org.manyi.security.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.security.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The person at work. */
@RestController
@Tag(name = "Me")
class MeApi {

    private final CurrentUsers users;

    MeApi(CurrentUsers users) {
        this.users = users;
    }

    /** Who one is to Manyi. */
    record Me(@Schema(example = "principal001") String username, String name, List<Role> roles, List<Post> posts) {}

    /** A post held. */
    record Post(
            @Schema(example = "school:S0001:principal") String key,
            PostUnit unit,
            @Schema(example = "principal") String role,
            boolean substitute) {

        private static Post of(HeldPost post) {
            return new Post(post.key(), new PostUnit(post.unitCode(), post.unitName()), post.role(), post.substitute());
        }
    }

    /** The unit of a post. */
    record PostUnit(@Schema(example = "S0001") String code, String name) {}

    @GetMapping("/api/v1/me")
    @Operation(summary = "Who am I, and which posts do I hold today")
    Me me() {
        CurrentUser user = users.require();
        return new Me(
                user.username(),
                user.name(),
                user.roles().stream().sorted().toList(),
                user.posts().stream().map(Post::of).toList());
    }
}
