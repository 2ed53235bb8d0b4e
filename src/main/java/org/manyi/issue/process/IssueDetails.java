package org.manyi.issue.process;

import static org.manyi.issue.process.Columns.timestamp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskItem.PersonRef;
import org.manyi.inbox.TaskItem.UnitRef;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.IssueDetail.HistoryEntry;
import org.manyi.issue.IssueDetail.MaskedReporter;
import org.manyi.org.Organisation;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts an issue together as one person may see it. */
@Component
class IssueDetails {

    /** Whose task it is to speak with the reporter. */
    private static final Set<String> CALLING = Set.of(
            IssueRectification.CONTACT_REPORTER,
            IssueRectification.ASK_REPORTER,
            IssueRectification.CALL_REPORTER,
            ProtectedMatter.HANDLE_PROTECTED_MATTER);

    private final JdbcClient jdbc;
    private final IssueStore store;
    private final Extensions extensions;
    private final IssueActions issueActions;
    private final Detours detours;
    private final CaseAccess access;
    private final DetourDetails detourDetails;
    private final Cards cards;
    private final EvidenceStore evidence;
    private final ObjectProvider<Inbox> inbox;
    private final Organisation organisation;
    private final Accounts accounts;
    private final PersonalData personalData;
    private final IssueSettings settings;

    IssueDetails(
            JdbcClient jdbc,
            IssueStore store,
            Extensions extensions,
            IssueActions issueActions,
            Detours detours,
            CaseAccess access,
            DetourDetails detourDetails,
            Cards cards,
            EvidenceStore evidence,
            ObjectProvider<Inbox> inbox,
            Organisation organisation,
            Accounts accounts,
            PersonalData personalData,
            IssueSettings settings) {
        this.jdbc = jdbc;
        this.store = store;
        this.extensions = extensions;
        this.issueActions = issueActions;
        this.detours = detours;
        this.access = access;
        this.detourDetails = detourDetails;
        this.cards = cards;
        this.evidence = evidence;
        this.inbox = inbox;
        this.organisation = organisation;
        this.accounts = accounts;
        this.personalData = personalData;
        this.settings = settings;
    }

    /** The issue as the person sees it, who was found to see it. */
    IssueDetail of(Issue issue, CurrentUser user) {
        return new Composer(issue, user).detail();
    }

    /** The issue as it was raised, for who has raised it and does not see it any more. */
    IssueDetail asRaised(Issue issue) {
        return new Composer(issue, null).detail();
    }

    /** Whether the person has the task of speaking with the reporter now. */
    boolean maySpeakWithReporter(List<TaskItem> tasks) {
        return tasks.stream()
                .anyMatch(task -> CALLING.contains(task.key()) && task.actions().contains("complete"));
    }

    /** Whether the person has that task for the issue in which this one is dealt with, however often that was merged. */
    boolean speaksForSurvivor(Issue issue, CurrentUser user) {
        Issue survivor = issue;
        while (user != null && survivor.mergedInto() != null) {
            survivor = store.find(survivor.mergedInto());
            if (maySpeakWithReporter(inbox.getObject().tasksOf(survivor.number(), user))) {
                return true;
            }
        }
        return false;
    }

    /** One issue for one person; looks every name up once. */
    private final class Composer {

        private final Issue issue;
        private final CurrentUser user;
        private final Map<String, UnitRef> units = new HashMap<>();
        private final List<Round> rounds;
        private final List<Extension> asked;
        private final List<Contact> contacts;
        private final List<Happening> happenings;
        private final Map<String, String> names;
        private final Map<String, Attachment> files;

        Composer(Issue issue, CurrentUser user) {
            this.issue = issue;
            this.user = user;
            this.rounds = store.rounds(issue.number());
            this.asked = store.extensions(issue.number());
            this.contacts = seesReporter() ? store.contacts(issue.number()) : List.of();
            this.happenings = history(issue.number());
            this.names = accounts.names(people());
            this.files = evidence
                    .findAll(rounds.stream()
                            .map(Round::report)
                            .filter(java.util.Objects::nonNull)
                            .flatMap(report -> java.util.stream.Stream.of(report.beforeFiles(), report.afterFiles()))
                            .flatMap(Collection::stream)
                            .toList())
                    .stream()
                    .collect(Collectors.toMap(Attachment::id, Function.identity(), (one, same) -> one));
        }

        IssueDetail detail() {
            IssueFacts facts = issue.facts();
            List<TaskItem> tasks = user == null ? List.of() : inbox.getObject().tasksOf(issue.number(), user);
            return new IssueDetail(
                    facts.number(),
                    facts.title(),
                    facts.description(),
                    facts.kind().code(),
                    facts.source().code(),
                    facts.category(),
                    facts.severity().code(),
                    unit(facts.schoolCode()),
                    unit(facts.districtCode()),
                    facts.reporterKnown(),
                    seesReporter() ? masked(facts) : null,
                    facts.concerns().code(),
                    facts.childSafety(),
                    issue.status().code(),
                    issue.rectification() == null ? null : issue.rectification().code(),
                    new IssueDetail.Terms(
                            issue.terms().basis(),
                            issue.terms().goal(),
                            issue.terms().leader()),
                    issue.urgency().code(),
                    unit(issue.department()),
                    unit(issue.leadUnit()),
                    detourDetails.coUnits(issue, user),
                    issue.round(),
                    issue.supervised(),
                    issue.dueDate(),
                    issue.provisional(),
                    cards.overdue(issue.status(), issue.dueDate()),
                    cards.of(issue.status(), issue.dueDate()).code(),
                    issue.answer(),
                    issue.takenUp(),
                    issue.question(),
                    survivor(),
                    store.mergedInto(issue.number()).stream()
                            .map(this::link)
                            .flatMap(Optional::stream)
                            .toList(),
                    store.suggestion(issue.number()).map(this::suggestion).orElse(null),
                    person(facts.raisedBy()),
                    timestamp(facts.raisedAt()),
                    timestamp(issue.closedAt()),
                    issue.version(),
                    actions(tasks),
                    raisedWith(),
                    tasks,
                    rounds.stream().map(this::round).toList(),
                    contacts.stream().map(this::contact).toList(),
                    happenings.stream().map(this::entry).toList(),
                    detourDetails.shelved(issue),
                    detourDetails.longTerm(issue));
        }

        /** The bureau sees the reporter masked; the units that are to put it right not at all (domain rule E20). */
        private boolean seesReporter() {
            return ReporterSight.has(user, issue.leadUnit(), issue.coUnits(), settings.office());
        }

        private MaskedReporter masked(IssueFacts facts) {
            return facts.reporterKnown()
                    ? new MaskedReporter(
                            PersonalData.maskName(personalData.decrypt(facts.reporterName())),
                            PersonalData.maskPhone(personalData.decrypt(facts.reporterPhone())))
                    : null;
        }

        private List<String> actions(List<TaskItem> tasks) {
            List<String> actions = new ArrayList<>();
            if (user != null) {
                issueActions.of(user, issue).stream()
                        .filter(action -> action != IssueAction.REQUEST_EXTENSION || extensions.mayAsk(issue, user))
                        .filter(action -> detours.offers(action, issue) && detourDetails.offers(action, issue, user))
                        .map(IssueAction::code)
                        .forEach(actions::add);
            }
            if (issue.facts().reporterKnown() && (maySpeakWithReporter(tasks) || speaksForSurvivor(issue, user))) {
                actions.add("revealReporter");
            }
            return List.copyOf(actions);
        }

        private IssueDetail.Link survivor() {
            return issue.mergedInto() == null ? null : link(issue.mergedInto()).orElse(null);
        }

        private Optional<IssueDetail.Link> link(String number) {
            if (user == null || !access.visible(user, number)) {
                return Optional.empty();
            }
            IssueFacts facts = store.find(number).facts();
            return Optional.of(new IssueDetail.Link(number, facts.title(), seesReporter() ? masked(facts) : null));
        }

        /** What came with the report: the case's files that no round brought. */
        private List<Attachment> raisedWith() {
            Set<String> ofDetours = detourDetails.files(issue.number());
            return evidence.of("case", issue.number()).stream()
                    .filter(file -> !files.containsKey(file.id()) && !ofDetours.contains(file.id()))
                    .toList();
        }

        private IssueDetail.Suggestion suggestion(Suggestion suggestion) {
            return new IssueDetail.Suggestion(
                    unit(suggestion.department()),
                    unit(suggestion.unit()),
                    suggestion.rectification() == null
                            ? null
                            : suggestion.rectification().code(),
                    suggestion.workingDays(),
                    suggestion.urgency().code(),
                    suggestion.note());
        }

        private IssueDetail.Round round(Round round) {
            Optional<Round.Report> report = Optional.ofNullable(round.report());
            Optional<Round.Verification> verification = Optional.ofNullable(round.verification());
            return new IssueDetail.Round(
                    round.number(),
                    round.cause().code(),
                    round.supervised(),
                    unit(round.unit()),
                    timestamp(round.openedAt()),
                    round.due().day(),
                    round.due().provisional(),
                    report.map(Round.Report::measures).orElse(null),
                    report.map(Round.Report::result).orElse(null),
                    report.map(Round.Report::completedOn).orElse(null),
                    report.map(Round.Report::beforeFiles).map(this::files).orElse(List.of()),
                    report.map(Round.Report::afterFiles).map(this::files).orElse(List.of()),
                    report.map(it -> person(it.by())).orElse(null),
                    report.map(it -> timestamp(it.at())).orElse(null),
                    unit(round.team()),
                    verification.map(it -> person(it.by())).orElse(null),
                    verification.map(it -> timestamp(it.at())).orElse(null),
                    verification.map(it -> it.passed() ? "pass" : "fail").orElse(null),
                    verification.map(Round.Verification::mode).orElse(null),
                    verification.map(Round.Verification::points).orElse(List.of()),
                    verification.map(Round.Verification::returnCode).orElse(null),
                    timestamp(round.overdueAt()),
                    asked.stream()
                            .filter(extension -> extension.round() == round.number())
                            .map(this::extension)
                            .toList());
        }

        private List<Attachment> files(List<String> ids) {
            return ids.stream()
                    .map(files::get)
                    .filter(java.util.Objects::nonNull)
                    .toList();
        }

        private IssueDetail.Extension extension(Extension extension) {
            Optional<Extension.Decision> decision = Optional.ofNullable(extension.decision());
            return new IssueDetail.Extension(
                    timestamp(extension.requestedAt()),
                    person(extension.requestedBy()),
                    extension.workingDays(),
                    extension.reason(),
                    extension.state().code(),
                    decision.map(it -> person(it.by())).orElse(null),
                    decision.map(it -> timestamp(it.at())).orElse(null),
                    decision.map(Extension.Decision::workingDays).orElse(null),
                    decision.map(Extension.Decision::dueDate).orElse(null),
                    decision.map(Extension.Decision::reason).orElse(null));
        }

        private IssueDetail.Contact contact(Contact contact) {
            return new IssueDetail.Contact(
                    contact.kind().code(),
                    contact.round(),
                    contact.attempt(),
                    timestamp(contact.at()),
                    person(contact.by()),
                    contact.outcome(),
                    contact.solved(),
                    contact.satisfaction(),
                    contact.question(),
                    contact.note());
        }

        private HistoryEntry entry(Happening happening) {
            return new HistoryEntry(
                    timestamp(happening.at()),
                    person(happening.actor()),
                    happening.event(),
                    happening.from(),
                    happening.to(),
                    happening.reason());
        }

        private Set<String> people() {
            Set<String> people = new LinkedHashSet<>();
            people.add(issue.facts().raisedBy());
            rounds.forEach(round -> {
                if (round.report() != null) {
                    people.add(round.report().by());
                }
                if (round.verification() != null) {
                    people.add(round.verification().by());
                }
            });
            asked.forEach(extension -> {
                people.add(extension.requestedBy());
                if (extension.decision() != null) {
                    people.add(extension.decision().by());
                }
            });
            contacts.forEach(contact -> people.add(contact.by()));
            happenings.forEach(happening -> people.add(happening.actor()));
            people.remove(null);
            return people;
        }

        private PersonRef person(String username) {
            return username == null ? null : new PersonRef(username, names.getOrDefault(username, username));
        }

        private UnitRef unit(String code) {
            return code == null
                    ? null
                    : units.computeIfAbsent(
                            code,
                            it -> new UnitRef(
                                    it,
                                    organisation
                                            .find(it)
                                            .map(org.manyi.org.Unit::shortName)
                                            .orElse(it)));
        }
    }

    private record Happening(java.time.Instant at, String actor, String event, String from, String to, String reason) {}

    private List<Happening> history(String number) {
        return jdbc.sql("""
                        select happened_at, actor, event, from_status, to_status, reason
                          from issue_history where number = :number order by id
                        """)
                .param("number", number)
                .query((row, n) -> new Happening(
                        Columns.instant(row, "happened_at"),
                        row.getString("actor"),
                        row.getString("event"),
                        row.getString("from_status"),
                        row.getString("to_status"),
                        row.getString("reason")))
                .list();
    }
}
