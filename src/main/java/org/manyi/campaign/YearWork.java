package org.manyi.campaign;

import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;

/**
 * What may be done with a piece of the year's work besides completing its tasks. Who does not see it gets
 * {@link org.manyi.shared.NotFoundException}, who sees it but may not {@link org.manyi.shared.ForbiddenException}; when it is not to be
 * done at the moment it is a {@link org.manyi.shared.ConflictException}.
 */
public interface YearWork {

    /**
     * Asks for a later day, by who is to do it; whoever checks the work, or answers for its node, decides. Asked when the day is over, the
     * work stays late.
     *
     * @param until later than its day and than today
     * @param reason at most 500 characters, never blank
     * @throws org.manyi.shared.ConflictException when a day asked for before is not decided yet
     */
    void askLaterDate(String number, LocalDate until, String reason, CurrentUser user);

    /**
     * Enters for who was to do it what was done, by the department that checks it or answers for its node; somebody else has to check it
     * then.
     *
     * @param report at most 2000 characters, never blank
     * @param files ids of files that the person uploaded; required where the node asks for evidence
     */
    void register(String number, String report, List<String> files, CurrentUser user);

    /** What the person may do with it now. */
    Rights rights(String number, CurrentUser user);

    /**
     * What somebody may do with a piece of work now.
     *
     * @param askLaterDate whether he may ask for a later day
     * @param register whether he may enter for others what was done
     */
    record Rights(boolean askLaterDate, boolean register) {}
}
