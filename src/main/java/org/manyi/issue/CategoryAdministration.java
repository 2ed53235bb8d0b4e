package org.manyi.issue;

import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.NamedList;

/** The categories of issues as data: added, renamed, put in order, retired; never deleted, for issues bear them. */
public interface CategoryAdministration {

    /**
     * A category as it is kept.
     *
     * @param code never null
     * @param active false when it is no longer offered
     * @param issues how many issues bear it
     */
    record Entry(String code, String nameZh, String nameEn, boolean active, int issues) implements NamedList.Entry {}

    /** All, in the order in which they are offered, retired ones last; never null. */
    List<Entry> all();

    /**
     * Adds one behind the others.
     *
     * @param code 2 to 32 letters and digits, beginning with a small letter; not one that there is
     * @param nameZh 1 to 40 characters, likewise not one that there is
     * @param nameEn 1 to 80 characters
     * @throws org.manyi.shared.ValidationException per field
     */
    void add(String code, String nameZh, String nameEn, CurrentUser user);

    /**
     * Gives one another name; issues that bear it show the new one.
     *
     * @throws org.manyi.shared.ValidationException per field
     * @throws org.manyi.shared.NotFoundException when there is none of this code
     */
    void rename(String code, String nameZh, String nameEn, CurrentUser user);

    /**
     * Moves one a place towards the front; the first stays where it is.
     *
     * @throws org.manyi.shared.NotFoundException when there is none of this code
     */
    void moveUp(String code, CurrentUser user);

    /**
     * Offers one no longer, or again.
     *
     * @throws org.manyi.shared.ConflictException not-active when it is the last one offered
     * @throws org.manyi.shared.NotFoundException when there is none of this code
     */
    void offer(String code, boolean offered, CurrentUser user);
}
