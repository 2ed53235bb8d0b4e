package org.manyi.inbox;

import java.util.Optional;
import org.manyi.security.CurrentUser;

/** What another room shows on the page of a task, below what is asked. */
public interface TaskPagePart {

    /**
     * A part to be shown.
     *
     * @param fragment {@code template :: fragment}, which takes the model as its one parameter; never null
     * @param model public, never null
     */
    record Part(String fragment, Object model) {}

    /** The part for this task and person; asked once a page, so it must be cheap. */
    Optional<Part> of(TaskItem task, CurrentUser user);
}
