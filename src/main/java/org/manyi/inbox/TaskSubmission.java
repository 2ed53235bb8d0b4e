package org.manyi.inbox;

import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;

/**
 * A completed form, already sound by its schema and with only the fields that the schema knows.
 *
 * @param task never null
 * @param user who completes it, never null
 * @param values by field key, never null; text is trimmed, blank text absent, files are lists of attachment ids
 */
public record TaskSubmission(TaskRef task, CurrentUser user, Map<String, Object> values) {

    /** A text, null when absent. */
    public String text(String field) {
        Object value = values.get(field);
        return value == null ? null : value.toString();
    }

    /** A whole number, null when absent. */
    public Integer number(String field) {
        Object value = values.get(field);
        return value == null ? null : ((Number) value).intValue();
    }

    /** A yes or no, false when absent. */
    public boolean flag(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /** A day, null when absent. */
    public java.time.LocalDate day(String field) {
        String text = text(field);
        return text == null ? null : java.time.LocalDate.parse(text);
    }

    /** A list, empty when absent. */
    @SuppressWarnings("unchecked")
    public <T> List<T> list(String field) {
        Object value = values.get(field);
        return value == null ? List.of() : (List<T>) value;
    }
}
