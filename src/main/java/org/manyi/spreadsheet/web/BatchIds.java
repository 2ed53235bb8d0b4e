package org.manyi.spreadsheet.web;

import java.util.UUID;
import org.manyi.shared.NotFoundException;

/** Ids of batches as they come in addresses. */
final class BatchIds {

    private BatchIds() {}

    /**
     * The id.
     *
     * @throws NotFoundException when it is none, for then there is no such batch
     */
    static UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException();
        }
    }
}
