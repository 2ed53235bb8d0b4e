package org.manyi.security;

import java.util.regex.Pattern;

/** What a browser may keep of an answer. */
final class AssetCaching {

    private static final String FOLDER = "/assets/";
    private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

    private AssetCaching() {}

    /**
     * Nothing of a page. A file of the front end for ever where its name carries a hash of the content; else it is asked each time
     * whether it is still the same.
     */
    static String of(String path) {
        if (!path.startsWith(FOLDER)) {
            return "no-store";
        }
        return HASHED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
