package org.manyi;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Who holds a post in the demonstration's organisation; account names follow from posts there. */
final class TestPosts {

    private static final Map<String, String> BUREAU = Map.of(
            "chair", "chair",
            "deputy-sport", "deputy1",
            "deputy-schools", "deputy2",
            "deputy-kindergartens", "deputy3",
            "child-protection", "protector");

    private TestPosts() {}

    /** The account that holds the first candidate post of a task of the API. */
    static String holderOf(JsonNode task) {
        String post = task.at("/candidatePosts/0").asString();
        String[] parts = post.split(":");
        return switch (parts[0]) {
            case "team" -> "inspector" + parts[1];
            case "leader" -> "leader" + parts[1];
            case "dept" -> parts[1];
            case "school" -> parts[2] + parts[1].substring(2);
            case "bureau" -> BUREAU.get(parts[1]);
            default -> throw new AssertionError("No account is known for " + post);
        };
    }
}
