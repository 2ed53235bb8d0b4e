package org.manyi.issue.process;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.issue.Category;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueBrief;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueItem;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The ledger's desk: registers, finds, and does what is done beside the tasks. */
@Service
@Transactional
class IssueDesk implements Issues {

    private static final int SHORTEST_REASON = 2;
    private static final int LONGEST_REASON = 200;

    private final Registration registration;
    private final Discretion discretion;
    private final IssueReader reader;
    private final IssueDetails details;
    private final IssueStore store;
    private final Extensions extensions;
    private final Detours detours;
    private final Categories categories;
    private final IssueNumbers numbers;
    private final PersonalData personalData;
    private final CaseAccess access;
    private final EvidenceStore evidence;
    private final Processes processes;
    private final ObjectProvider<Inbox> inbox;
    private final Organisation organisation;
    private final ProtectedReads reads;
    private final MovableClock clock;

    IssueDesk(
            Registration registration,
            Discretion discretion,
            IssueReader reader,
            IssueDetails details,
            IssueStore store,
            Extensions extensions,
            Detours detours,
            Categories categories,
            IssueNumbers numbers,
            PersonalData personalData,
            CaseAccess access,
            EvidenceStore evidence,
            Processes processes,
            ObjectProvider<Inbox> inbox,
            Organisation organisation,
            ProtectedReads reads,
            MovableClock clock) {
        this.registration = registration;
        this.discretion = discretion;
        this.reader = reader;
        this.details = details;
        this.store = store;
        this.extensions = extensions;
        this.detours = detours;
        this.categories = categories;
        this.numbers = numbers;
        this.personalData = personalData;
        this.access = access;
        this.evidence = evidence;
        this.processes = processes;
        this.inbox = inbox;
        this.organisation = organisation;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public Raising mayRaise(CurrentUser user) {
        return Registration.mayRaise(user);
    }

    @Override
    public IssueDetail raise(NewIssue asked, CurrentUser user) {
        Registration.Sound sound = registration.check(asked, user);
        List<IssueItem> similar = reader.duplicates(sound.school().code(), sound.title(), sound.category(), user);
        // A child in danger waits for no comparison.
        if (!similar.isEmpty() && !asked.confirmNotDuplicate() && !asked.childSafety()) {
            throw possibleDuplicate(similar);
        }
        Discretion.Kept kept = discretion.keptFrom(sound.concerns(), sound.concernsUser(), sound.school());
        Issue issue = register(asked, sound, kept, similar, user);
        if (asked.childSafety()) {
            issue.protect();
            access.restrict(issue.number(), CaseAccess.Restriction.PROTECTED, null, kept.hiddenUser());
            store.write(
                    issue, null, new IssueEvent.IssueProtected(clock.instant(), user.username(), issue.number(), true));
            processes.start(ProtectedMatter.KEY, issue.number(), Map.of(ProtectedMatter.CASE_NUMBER, issue.number()));
        } else {
            processes.start(IssueRectification.KEY, issue.number(), IssueRectification.start(issue));
        }
        Issue raised = store.find(issue.number());
        return access.visible(user, issue.number()) ? details.of(raised, user) : details.asRaised(raised);
    }

    private ConflictException possibleDuplicate(List<IssueItem> similar) {
        List<FieldProblem> candidates = new ArrayList<>();
        for (IssueItem item : similar) {
            candidates.add(FieldProblem.of(
                    "confirmNotDuplicate",
                    Reason.POSSIBLE_DUPLICATE.code(),
                    "issue.problem.duplicate",
                    item.number(),
                    item.title()));
        }
        return new ConflictException(Reason.POSSIBLE_DUPLICATE, candidates);
    }

    private Issue register(
            NewIssue asked, Registration.Sound sound, Discretion.Kept kept, List<IssueItem> similar, CurrentUser user) {
        Unit school = sound.school();
        String district = organisation.districtOf(school.code()).map(Unit::code).orElse(null);
        NewIssue.Reporter reporter = sound.reporter();
        String reporterName = reporter == null ? null : personalData.encrypt(reporter.name());
        String reporterPhone = reporter == null ? null : personalData.encrypt(reporter.phone());
        Instant now = clock.instant();
        // Last of all: whoever waits for the counter waits for this whole transaction.
        String number = numbers.next();
        Issue issue = Issue.raised(new IssueFacts(
                number,
                sound.title(),
                sound.description(),
                sound.kind(),
                sound.source(),
                sound.category(),
                sound.severity(),
                school.code(),
                district,
                reporterName,
                reporterPhone,
                asked.childSafety(),
                sound.concerns(),
                sound.concernsUser(),
                kept.hiddenUnit(),
                user.username(),
                now));
        access.open(number, List.of(school.code()), user.postKeys());
        access.restrict(number, kept.restriction(), kept.hiddenUnit(), kept.hiddenUser());
        store.insert(issue, search(number, sound.title(), school));
        evidence.handOver("attachmentIds", asked.attachmentIds(), EvidenceStore.DRAFT, user.username(), "case", number);
        store.write(
                issue,
                null,
                new IssueEvent.IssueRaised(
                        now,
                        user.username(),
                        number,
                        school.code(),
                        sound.kind().code(),
                        sound.source().code(),
                        sound.category(),
                        sound.severity().code(),
                        similar.stream().map(IssueItem::number).toList()));
        return issue;
    }

    static String search(String number, String title, Unit school) {
        return String.join("\n", number, title, school.name(), school.shortName(), school.code())
                .toLowerCase(Locale.ROOT);
    }

    @Override
    @Transactional(readOnly = true)
    public List<IssueItem> duplicates(String schoolCode, String title, String category, CurrentUser user) {
        if (schoolCode == null || title == null || title.isBlank() || !Texts.storable(schoolCode)) {
            return List.of();
        }
        return reader.duplicates(schoolCode.strip(), title, category == null ? "" : category, user);
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<IssueItem> list(IssueQuery query, CurrentUser user) {
        return reader.list(query, user);
    }

    /** Not a read-only transaction: the trail keeps in it who has read a protected matter. */
    @Override
    @Transactional
    public IssueDetail find(String number, CurrentUser user) {
        Issue issue = visible(number, user);
        reads.note(issue, user);
        return details.of(issue, user);
    }

    @Override
    public IssueDetail requestExtension(String number, int version, int workingDays, String reason, CurrentUser user) {
        visible(number, user);
        extensions.ask(store.forChange(number), version, workingDays, reason, user);
        return details.of(store.find(number), user);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Choice> choices(String number, IssueAction action, CurrentUser user) {
        return detours.choices(visible(number, user), action, user).stream()
                .map(option -> new Choice(option.value(), option.label()))
                .toList();
    }

    @Override
    public IssueDetail act(
            String number, IssueAction action, int version, String target, String reason, CurrentUser user) {
        detours.lock(visible(number, user), action, target, user);
        detours.act(store.forChange(number), action, version, target, reason, user);
        return details.of(store.find(number), user);
    }

    @Override
    public NewIssue.Reporter revealReporter(String number, String reason, CurrentUser user) {
        visible(number, user);
        Issue issue = store.forChange(number);
        IssueFacts facts = issue.facts();
        if (!facts.reporterKnown()) {
            throw new NotFoundException();
        }
        if (!details.maySpeakWithReporter(inbox.getObject().tasksOf(number, user))
                && !details.speaksForSurvivor(issue, user)) {
            throw new ForbiddenException("issue.problem.reveal");
        }
        String why = checkedReason(reason);
        store.write(issue, why, new IssueEvent.ReporterRevealed(clock.instant(), user.username(), number, why));
        return new NewIssue.Reporter(
                personalData.decrypt(facts.reporterName()), personalData.decrypt(facts.reporterPhone()));
    }

    private static String checkedReason(String reason) {
        String text = reason == null ? "" : reason.strip();
        if (text.length() < SHORTEST_REASON || !Texts.storable(text)) {
            throw ValidationException.of("reason", "tooShort", "shared.field.tooShort", SHORTEST_REASON);
        }
        if (text.length() > LONGEST_REASON) {
            throw ValidationException.of("reason", "tooLong", "shared.field.tooLong", LONGEST_REASON);
        }
        return text;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Category> categories() {
        return categories.all();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<IssueBrief> brief(String number) {
        return reader.brief(number);
    }

    private Issue visible(String number, CurrentUser user) {
        if (!Texts.storable(number)) {
            throw new NotFoundException();
        }
        access.require(user, number);
        return store.find(number);
    }
}
