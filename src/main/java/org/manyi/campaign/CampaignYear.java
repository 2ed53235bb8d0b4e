package org.manyi.campaign;

import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * The running year as people look at it. What a person may not see is {@link org.manyi.shared.NotFoundException}; of the works
 * everybody sees those whose cases he sees: a school and its district their own, a department those that it answers for or checks, and the
 * department that keeps the campaign's office all.
 */
public interface CampaignYear {

    /** A year as planned and as it went. */
    Timeline timeline(String id, CurrentUser user);

    /**
     * What a matrix is to show.
     *
     * @param phase the phase's id, null for the one that runs or else the first
     * @param district a district's code, null for all
     * @param kind a kind of institution, null for all
     * @param department the code of the department in charge of kinds of institution, null for all
     * @param behind only schools with something late
     * @param text part of a school's name, short name or code, case ignored; null for all
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    record MatrixQuery(
            String phase,
            String district,
            String kind,
            String department,
            boolean behind,
            String text,
            String cursor,
            int size) {}

    /**
     * Schools by nodes of a phase, those with most late first.
     *
     * @param phase the phase shown, null when the plan has none
     * @param phases all of them
     * @param nodes the columns: the nodes of the phase that are every school's
     * @param rows a page of schools
     */
    record Matrix(Plan.Phase phase, List<Plan.Phase> phases, List<Plan.Node> nodes, Slice<Row> rows) {}

    /**
     * A school's row.
     *
     * @param late how many of its works are or were late
     * @param works by the node's id
     */
    record Row(String code, String name, String district, int late, Map<String, WorkItem> works) {}

    /** Schools by nodes of a phase. */
    Matrix matrix(String id, MatrixQuery query, CurrentUser user);

    /**
     * A school's part of the year.
     *
     * @param works soonest due first
     */
    record Part(CampaignItem campaign, String code, String name, List<WorkItem> works) {}

    /**
     * A school's part of the year, as its principal's checklist.
     *
     * @throws org.manyi.shared.NotFoundException when the school is not in the person's scope
     */
    Part part(String id, String school, CurrentUser user);

    /**
     * A school summed up for who visits it.
     *
     * @param kind the kind of institution, named in the current language; null when it has none
     * @param district its district's name, null when it has none
     * @param leader the name of the contact leader's post, never null
     * @param phases how far each phase is that has begun, in their order
     * @param behind what is late and not handed in, or came back; soonest due first
     * @param openLedger what is open in its ledger, soonest due first
     * @param ledgerTotal how many items its ledger has, without those withdrawn
     * @param before the year before, null when the school had no part in one
     */
    record Visit(
            Part part,
            String kind,
            String district,
            String leader,
            List<PhaseSum> phases,
            List<WorkItem> behind,
            List<WorkItem> openLedger,
            int ledgerTotal,
            YearSum before) {}

    /**
     * How far a school is with a phase.
     *
     * @param late how many are or were late
     */
    record PhaseSum(String phase, int total, int done, int late) {}

    /**
     * How a school did in a year.
     *
     * @param late how many were late
     * @param returns how often something came back
     */
    record YearSum(int year, int total, int done, int late, int returns) {}

    /**
     * A school summed up for who visits it.
     *
     * @throws org.manyi.shared.NotFoundException when the school is not in the person's scope
     */
    Visit visit(String id, String school, CurrentUser user);

    /**
     * A piece of the year's work.
     *
     * @throws org.manyi.shared.NotFoundException when the person does not see the case
     */
    WorkDetail work(String number, CurrentUser user);

    /**
     * A diagram of the year with where it stands.
     *
     * @param xml the BPMN
     * @param active the ids of elements under way
     * @param done the ids of elements that are over
     * @param counts how many pieces of work, and at {@code schoolParts} how many schools, are under way at an element, of those the
     *     person sees
     */
    record Diagram(String xml, List<String> active, List<String> done, Map<String, Integer> counts) {}

    /** The keys of the processes of a year that have begun, the year's own first; empty before there is one. */
    List<String> diagrams(String id, CurrentUser user);

    /**
     * A diagram of the year.
     *
     * @param process a key that {@link #diagrams} names, else {@link org.manyi.shared.NotFoundException}
     */
    Diagram diagram(String id, String process, CurrentUser user);

    /** The code of the school whose part is the person's own, null when he holds no post of one school. */
    String ownSchool(CurrentUser user);
}
