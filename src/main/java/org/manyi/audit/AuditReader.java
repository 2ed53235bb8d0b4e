package org.manyi.audit;

import java.util.List;
import java.util.Optional;
import org.manyi.shared.Slice;

/** The trail as the auditor reads it. There is nothing to change or delete an entry. */
public interface AuditReader {

    /**
     * Entries, the newest first.
     *
     * @throws org.manyi.shared.ValidationException when the cursor is not one of this list's
     */
    Slice<AuditEntry> list(AuditQuery query);

    /**
     * All entries of a query, the newest first, read as they are taken; cursor and size do not matter.
     */
    Iterable<AuditEntry> all(AuditQuery query);

    /** One entry. */
    Optional<AuditEntry> find(long id);

    /** The names of the events that stand in the trail, sorted; for the filter. */
    List<String> events();

    /** The types of object that stand in the trail, sorted; for the filter. */
    List<String> objectTypes();
}
