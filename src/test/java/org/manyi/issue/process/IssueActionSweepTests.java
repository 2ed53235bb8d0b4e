package org.manyi.issue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manyi.ManyiTest;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Issues;
import org.manyi.issue.Loop;
import org.manyi.issue.Loop.Report;
import org.manyi.issue.process.IssueActions.Part;
import org.manyi.org.OrganisationAdministration;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;

/** Every status, action and part at the desk itself, against the table. */
@ManyiTest
class IssueActionSweepTests {

    private static final String OFFICE_STAFF = "dept:office:staff";

    /** What each person is to an issue of S0002 that its district raised and the finance department answers for. */
    private static final Map<String, Set<Part>> PEOPLE = new LinkedHashMap<>(Map.of(
            "district1", EnumSet.of(Part.RAISER),
            "principal002", EnumSet.of(Part.UNIT),
            "jicai", EnumSet.of(Part.DEPARTMENT),
            "tiyu", EnumSet.of(Part.OFFICE),
            "office", EnumSet.of(Part.OFFICE, Part.OFFICE_HEAD),
            "leader1", EnumSet.of(Part.LEADER),
            "deputy2", EnumSet.noneOf(Part.class),
            "chair", EnumSet.of(Part.CHAIR),
            "anquan", EnumSet.noneOf(Part.class)));

    private static final Set<IssueAction> AT_THE_DESK = EnumSet.of(
            IssueAction.WITHDRAW, IssueAction.REOPEN, IssueAction.CHANGE_UNIT, IssueAction.MERGE, IssueAction.MOVE_TO);

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @Autowired
    private OrganisationAdministration administration;

    @BeforeEach
    void somebodyWhoIsStaffOfTheOfficeOnly() {
        loop.toWorkingDay();
        administration.assign(OFFICE_STAFF, "tiyu");
    }

    @AfterEach
    void home() {
        administration.release(OFFICE_STAFF, "tiyu");
        loop.home();
    }

    /** Registered is over before anybody looks. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REGISTERED")
    void theDeskOffersAndRefusesByTheTable(IssueStatus status) {
        String number = loop.in(
                status.code(),
                new Report().raisedBy("district1").category("facilities").reporter("李某", "13900000001"));
        assertThat(loop.status(number)).isEqualTo(status.code());
        List<String> wrong = new ArrayList<>();
        PEOPLE.forEach((username, parts) -> {
            Set<Part> theirs = there(parts, status);
            for (IssueAction action : IssueAction.values()) {
                boolean allowed = IssueActions.allows(action, status, theirs);
                if (loop.sees(username, number)
                        && action != IssueAction.COMPLETE_STAGE
                        && offered(username, number, action) != allowed) {
                    wrong.add(username + " is " + (allowed ? "not " : "") + "offered " + action.code());
                }
                if (AT_THE_DESK.contains(action)) {
                    String expected = expected(username, number, action, status, allowed);
                    String answered = tried(username, number, action);
                    if (!answered.equals(expected)) {
                        wrong.add(username + " asking for " + action.code() + ": " + answered + ", not " + expected);
                    }
                }
            }
        });

        assertThat(wrong).isEmpty();
        assertThat(loop.status(number)).isEqualTo(status.code());
    }

    /** Without a unit, or a department, nobody is of it. */
    private static Set<Part> there(Set<Part> parts, IssueStatus status) {
        boolean unitless = EnumSet.of(IssueStatus.TRIAGE, IssueStatus.ANSWERED).contains(status);
        Set<Part> there = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
        if (unitless) {
            there.remove(Part.UNIT);
        }
        return there;
    }

    private boolean offered(String username, String number, IssueAction action) {
        return issues.find(number, loop.user(username)).actions().contains(action.code());
    }

    private String expected(String username, String number, IssueAction action, IssueStatus status, boolean allowed) {
        if (!loop.sees(username, number)) {
            return "404";
        }
        if (!IssueActions.isOpen(action, status)) {
            return "409";
        }
        return allowed ? "422" : "403";
    }

    /** Asked without a reason, so that whoever may do it does not. */
    private String tried(String username, String number, IssueAction action) {
        CurrentUser user = loop.user(username);
        try {
            issues.act(number, action, loop.issue(number).version(), null, "", user);
            return "done";
        } catch (NotFoundException e) {
            return "404";
        } catch (ConflictException e) {
            return "409";
        } catch (ForbiddenException e) {
            return "403";
        } catch (ValidationException e) {
            return "422";
        }
    }
}
