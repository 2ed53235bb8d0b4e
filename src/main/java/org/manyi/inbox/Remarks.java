package org.manyi.inbox;

import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;

/** Short free texts: remarks and reasons. */
final class Remarks {

    private Remarks() {}

    /**
     * The text without blanks around it.
     *
     * @throws ValidationException when it is missing, too short, too long or cannot be kept
     */
    static String checked(String field, String text, int least, int most) {
        if (text == null || text.isBlank()) {
            throw ValidationException.of(field, "required", "shared.field.required");
        }
        String remark = text.strip();
        if (!Texts.storable(remark)) {
            throw ValidationException.of(field, "characters", "inbox.field.characters");
        }
        if (remark.length() < least) {
            throw ValidationException.of(field, "tooShort", "shared.field.tooShort", least);
        }
        if (remark.length() > most) {
            throw ValidationException.of(field, "tooLong", "shared.field.tooLong", most);
        }
        return remark;
    }
}
