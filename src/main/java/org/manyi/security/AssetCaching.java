package org.manyi.security;

import java.util.regex.Pattern;

/** How long a browser may keep a file of the front end. */
final class AssetCaching {

    private static final Pattern HASHED = Pattern.compile(".*-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

    private AssetCaching() {}

    /** For ever where the name carries a hash of the content; else it is asked each time whether it is still the same. */
    static String of(String path) {
        return HASHED.matcher(path).matches() ? "public, max-age=31536000, immutable" : "no-cache";
    }
}
