package org.manyi.org;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The details of an event for the trail: what is null is left out, days are written as text. */
final class Details {

    private Details() {}

    static Map<String, Object> of(Object... pairs) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i + 1] != null) {
                details.put((String) pairs[i], pairs[i + 1].toString());
            }
        }
        return details;
    }

    /** Old and new value, in one text, of what differs between two states of a unit. */
    static Map<String, Object> ofChanges(Unit before, Unit after) {
        Map<String, Object> details = new LinkedHashMap<>();
        change(details, "name", before.name(), after.name());
        change(details, "shortName", before.shortName(), after.shortName());
        change(details, "kind", before.kind(), after.kind());
        change(details, "parent", before.parentCode(), after.parentCode());
        change(details, "ownership", before.ownership(), after.ownership());
        return details;
    }

    private static void change(Map<String, Object> details, String what, String before, String after) {
        if (!Objects.equals(before, after)) {
            details.put(what, Objects.toString(before, "") + " → " + Objects.toString(after, ""));
        }
    }
}
