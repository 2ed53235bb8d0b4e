package org.manyi.org;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.manyi.security.HeldPost;

/** How posts and scopes are written: the one place that knows the spelling of their keys. */
final class PostKeys {

    static final String BUREAU = "bureau";
    static final String CHAIR = "bureau:chair";

    /** Posts that one person holds at a time, substitutes aside: a second holder would keep access that nobody meant to give. */
    private static final Set<String> HELD_BY_ONE = Set.of(
            "chair",
            "deputy-sport",
            "deputy-schools",
            "deputy-kindergartens",
            "child-protection",
            "leader",
            "principal");

    private PostKeys() {}

    /** A post to be made with its unit. */
    record Post(String key, String role) {}

    /** The posts that come with a unit, in the order in which they are shown. */
    static List<Post> postsOf(UnitType type, String code) {
        return switch (type) {
            case BUREAU ->
                posts(BUREAU, "chair", "deputy-sport", "deputy-schools", "deputy-kindergartens", "child-protection");
            case DEPARTMENT -> posts("dept:" + code, "staff", "head");
            case DISTRICT -> posts("district:" + code, "staff");
            case SCHOOL -> posts("school:" + code, "principal", "staff");
            case BODY -> posts("body:" + code, "liaison");
            case TEAM -> posts("team:" + code.substring(1), "inspector");
        };
    }

    /** The post of the n-th contact leader. */
    static Post leader(int number) {
        return new Post("leader:" + number, "leader");
    }

    static boolean isLeader(String postKey) {
        return postKey.startsWith("leader:");
    }

    static boolean isDeputy(String postKey) {
        return postKey.startsWith("bureau:deputy-");
    }

    static boolean heldByOne(String role) {
        return HELD_BY_ONE.contains(role);
    }

    /** The posts that take work on a unit, the one in charge first where the unit is small. */
    static List<String> workPosts(Unit unit) {
        if (unit.type() == UnitType.BUREAU) {
            return List.of(CHAIR);
        }
        return postsOf(unit.type(), unit.code()).stream().map(Post::key).toList();
    }

    /** The post in charge of a unit. */
    static String chargePost(Unit unit) {
        List<String> posts = workPosts(unit);
        return unit.type() == UnitType.DEPARTMENT ? posts.get(1) : posts.get(0);
    }

    static String unitScope(String code) {
        return "unit:" + code;
    }

    static String districtScope(String code) {
        return "district:" + code;
    }

    static String remitScope(String remit) {
        return "remit:" + remit;
    }

    /** The scope keys that a post gives by itself; the remits of deputies are data and come on top. */
    static Set<String> scopeKeys(HeldPost post) {
        String key = post.key();
        if (isLeader(key)) {
            return Set.of(key);
        }
        if (key.startsWith("bureau:")) {
            return Set.of();
        }
        if (key.startsWith("district:")) {
            return Set.of(unitScope(post.unitCode()), districtScope(post.unitCode()));
        }
        return Set.of(unitScope(post.unitCode()));
    }

    private static List<Post> posts(String prefix, String... roles) {
        List<Post> posts = new ArrayList<>();
        for (String role : roles) {
            posts.add(new Post(prefix + ":" + role, role));
        }
        return List.copyOf(posts);
    }
}
