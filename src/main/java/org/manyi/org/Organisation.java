package org.manyi.org;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.security.CurrentUser;

/** The organisation as others need it: units, the posts of units, and who holds them today. Tasks follow the post. */
public interface Organisation {

    /** The unit of this code, also when closed. */
    Optional<Unit> find(String code);

    /**
     * The unit of this code.
     *
     * @throws org.manyi.shared.NotFoundException when there is none
     */
    Unit unit(String code);

    /** The units of these codes, also closed ones, by code; unknown codes are left out. */
    List<Unit> findAll(Collection<String> codes);

    /** Active units of a type, by code. */
    List<Unit> units(UnitType type);

    /** Active units of several types, each type's by code; every type asked for is there. */
    Map<UnitType, List<Unit>> units(Set<UnitType> types);

    /** Active schools whose name, short name, former name or code contains the text, at most {@code limit}. */
    List<Unit> findSchools(String text, int limit);

    /**
     * The posts through which a unit takes work on itself, the one in charge first: {@code school:S0001:principal, …:staff};
     * {@code dept:x:staff, …:head}; {@code district:D1:staff}; {@code body:B1:liaison}; {@code team:1:inspector}.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such unit
     */
    List<String> workPosts(String unitCode);

    /** Whether the person holds one of the {@linkplain #workPosts posts that work} for the unit. */
    default boolean worksFor(CurrentUser user, String unitCode) {
        return workPosts(unitCode).stream().anyMatch(user::holds);
    }

    /** The post in charge of a unit: the principal, the head, the district's staff, the liaison. */
    String chargePost(String unitCode);

    /**
     * The unit that a post belongs to; {@code bureau} for contact leaders.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such post
     */
    String unitOf(String postKey);

    /** The post's name as shown in the current language, such as 第一小学 校长; the key itself when there is no such post. */
    String postName(String postKey);

    /**
     * The names of posts as {@link #postName} gives them, by key in the order asked; an unknown post is named by its key. One
     * query however many.
     */
    Map<String, String> postNames(Collection<String> postKeys);

    /** Who holds any of these posts today, substitutes included; usernames, never null. */
    Set<String> holders(Collection<String> postKeys);

    /** The district of a school, empty for other units. */
    Optional<Unit> districtOf(String schoolCode);

    /**
     * The post of the contact leader (联系领导) who answers for a school. Where none is named, or nobody holds the post today, the
     * fallback is the deputy in whose remit the kind of institution lies ({@code bureau:deputy-schools},
     * {@code bureau:deputy-kindergartens}); where nobody holds that post either, the chair. Never null.
     */
    String contactLeaderPost(String schoolCode);

    /**
     * The post of the deputy in whose remit a department is; empty for a department of no remit, and where nobody holds the post
     * today.
     */
    Optional<String> deputyOver(String departmentCode);

    /** The department responsible for a kind of institution: xueqian for kindergartens, else jijiao. */
    String departmentFor(Unit school);

    /** The inspection teams with their members' usernames, by code. */
    Map<String, Set<String>> teams();

    /** The names of the kinds of institution in the current language by code, preschool first. */
    Map<String, String> kindNames();

    /** Whether a kind of institution code is known. */
    boolean knowsKind(String kind);
}
