package org.manyi.inbox;

import java.util.List;
import org.manyi.security.CurrentUser;

/** Filters of the inbox kept under a name, and sent to others by their address; everybody sees through them what he may see. */
public interface NamedViews {

    /** How many a person may keep. */
    int MOST = 30;

    /**
     * A view.
     *
     * @param id never guessed; part of its address
     * @param owner the username of who made it
     * @param name 1 to 40 characters
     * @param filters the query of an inbox address, may be empty
     */
    record NamedView(String id, String owner, String name, String filters) {}

    /** The person's own, by name. */
    List<NamedView> of(CurrentUser user);

    /**
     * One's own or another's that one was sent.
     *
     * @throws org.manyi.shared.NotFoundException when there is none (any more)
     */
    NamedView find(String id);

    /**
     * Keeps filters under a name; under one that the person has already it replaces them.
     *
     * @param filters the query of an inbox address without its page marker
     * @throws org.manyi.shared.ValidationException when the name is blank or too long, or the person keeps {@link #MOST} already
     */
    NamedView keep(String name, String filters, CurrentUser user);

    /**
     * Drops one of one's own.
     *
     * @throws org.manyi.shared.NotFoundException when it is not the person's
     */
    void drop(String id, CurrentUser user);
}
