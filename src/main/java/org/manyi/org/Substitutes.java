package org.manyi.org;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.security.CurrentUser;

/**
 * Who stands in for whom. While a substitution lasts the substitute holds the post like its holder; it ends by itself with its last
 * day.
 */
public interface Substitutes {

    /**
     * A post that a person looks after today for somebody on leave.
     *
     * @param absent the username of who is on leave, never null
     * @param postKey never null
     */
    record Standing(String absent, String postKey) {}

    /** For whom a person stands in today, and in which posts; never null. */
    List<Standing> standingsOf(String username);

    /** Of these people, those on leave today with the last day of it; never null. */
    Map<String, LocalDate> onLeave(Collection<String> usernames);

    /**
     * Substitutions whose last day lies in the range.
     *
     * @param from the first such day, never null
     * @param to the last such day, never null
     */
    List<Substitution> endedBetween(LocalDate from, LocalDate to);

    /** Somebody to choose, by username and name; neither is null. */
    record Person(String username, String name) {}

    /** A person's present and coming substitutions, those of whom he may arrange them for and those in which he stands in. */
    List<Substitution> of(CurrentUser user);

    /** For whom the person may arrange a substitute: himself, and the people of the units that he heads; himself first. */
    List<Person> absentees(CurrentUser user);

    /**
     * The posts that may be looked after for somebody, by key with their names.
     *
     * @throws org.manyi.shared.ForbiddenException when the person may not arrange it for him
     */
    Map<String, String> posts(String absent, CurrentUser user);

    /**
     * Who may be chosen to stand in: colleagues of the same unit, on the bureau's side those of the whole bureau; by name.
     *
     * @throws org.manyi.shared.ForbiddenException when the person may not arrange it for him
     */
    List<Person> choices(String absent, CurrentUser user);

    /**
     * Lets somebody stand in for a person.
     *
     * @param absent who is on leave: the person himself or one whose unit he heads; never null
     * @param posts those to be looked after, all of them when empty; never null
     * @param from the first day, null when not given
     * @param lastDay the last day, null when not given
     * @throws org.manyi.shared.ForbiddenException when the person may not arrange it for him
     * @throws org.manyi.shared.ValidationException per field
     */
    List<Substitution> arrange(
            String absent, String substitute, Set<String> posts, LocalDate from, LocalDate lastDay, CurrentUser user);

    /**
     * Ends a substitution today, or calls off one to come.
     *
     * @throws org.manyi.shared.NotFoundException when it is none that the person may arrange, or over
     */
    void end(long id, CurrentUser user);
}
