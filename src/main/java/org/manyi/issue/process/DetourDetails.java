package org.manyi.issue.process;

import static org.manyi.issue.process.Columns.timestamp;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.TaskItem.PersonRef;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueDetail.CoUnit;
import org.manyi.issue.IssueDetail.LongTerm;
import org.manyi.issue.IssueDetail.Period;
import org.manyi.issue.IssueDetail.Shelved;
import org.manyi.issue.IssueStatus;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The part of an issue's detail that tells of the detours of its rounds: the shelf, the units that help, the periods. */
@Component
class DetourDetails {

    private final ShelvingStore shelf;
    private final Shelvings shelvings;
    private final CoHandling coHandling;
    private final FollowUps followUps;
    private final IssueStore store;
    private final EvidenceStore evidence;
    private final Organisation organisation;
    private final Accounts accounts;
    private final IssueSettings settings;
    private final MovableClock clock;

    DetourDetails(
            ShelvingStore shelf,
            Shelvings shelvings,
            CoHandling coHandling,
            FollowUps followUps,
            IssueStore store,
            EvidenceStore evidence,
            Organisation organisation,
            Accounts accounts,
            IssueSettings settings,
            MovableClock clock) {
        this.shelf = shelf;
        this.shelvings = shelvings;
        this.coHandling = coHandling;
        this.followUps = followUps;
        this.store = store;
        this.evidence = evidence;
        this.organisation = organisation;
        this.accounts = accounts;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether it is offered to the person beyond what the table says. */
    boolean offers(IssueAction action, Issue issue, CurrentUser user) {
        return switch (action) {
            case SHELVE -> shelvings.mayAsk(issue, user);
            case RESUME -> shelvings.mayResume(issue, user);
            case ADD_CO_UNIT -> coHandling.mayAdd(issue, user);
            case COMPLETE_STAGE -> followUps.mayComplete(issue, user);
            default -> true;
        };
    }

    /** The ids of the files that came on a detour. */
    Set<String> files(String number) {
        return Stream.concat(
                        coHandling.parts(number).stream().map(CoHandling.Part::files),
                        followUps.periods(number).stream().map(FollowUps.Period::files))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    /** The units that help; whoever is here only because his unit helps, reads what his own unit contributed. */
    List<CoUnit> coUnits(Issue issue, CurrentUser user) {
        if (issue.coUnits().isEmpty()) {
            return List.of();
        }
        List<CoHandling.Part> parts = coHandling.parts(issue.number()).stream()
                .filter(part -> part.round() == issue.round())
                .toList();
        Map<String, Attachment> files =
                attachments(parts.stream().map(CoHandling.Part::files).toList());
        Map<String, String> names =
                names(parts.stream().map(CoHandling.Part::by).toList());
        return issue.coUnits().stream()
                .map(unit -> {
                    Optional<CoHandling.Part> part = parts.stream()
                            .filter(one -> one.unit().equals(unit))
                            .findFirst();
                    Optional<CoHandling.Part> told = part.filter(one -> reads(issue, unit, user));
                    return new CoUnit(
                            unit,
                            organisation.find(unit).map(Unit::shortName).orElse(unit),
                            part.map(CoHandling.Part::state).orElse("waiting"),
                            told.map(CoHandling.Part::text).orElse(null),
                            told.map(one -> known(files, one.files())).orElse(List.of()),
                            told.map(one -> person(names, one.by())).orElse(null),
                            told.map(one -> timestamp(one.at())).orElse(null));
                })
                .toList();
    }

    private static boolean reads(Issue issue, String unit, CurrentUser user) {
        if (user == null) {
            return false;
        }
        Set<String> own = user.unitCodes();
        boolean onlyHelps = issue.coUnits().stream().anyMatch(own::contains)
                && !own.contains(issue.leadUnit())
                && !own.contains(issue.department());
        return !onlyHelps || own.contains(unit);
    }

    /** How it rests, or what was asked; null where neither. */
    Shelved shelved(Issue issue) {
        if (issue.status() != IssueStatus.SHELVED && issue.status() != IssueStatus.SHELVING_REVIEW) {
            return null;
        }
        Optional<Shelving> pending = shelf.pending(issue.number());
        Optional<Shelving> current = shelf.current(issue.number());
        Shelving shown = current.or(() -> pending).orElseThrow();
        Optional<Instant> since = current.flatMap(one -> shelf.since(issue.number()));
        Optional<Shelving.Decision> decision = Optional.ofNullable(shown.decision());
        Map<String, String> names = names(Stream.of(
                        shown.requestedBy(), decision.map(Shelving.Decision::by).orElse(null))
                .filter(Objects::nonNull)
                .toList());
        return new Shelved(
                shown.state().code(),
                shown.reason(),
                shown.reviewOn(),
                person(names, shown.requestedBy()),
                decision.map(one -> person(names, one.by())).orElse(null),
                timestamp(since.orElse(null)),
                since.map(this::days).orElse(0),
                shown.daysLeft(),
                current.isPresent() ? pending.map(Shelving::reviewOn).orElse(null) : null);
    }

    private int days(Instant since) {
        return (int) ChronoUnit.DAYS.between(LocalDate.ofInstant(since, MovableClock.ZONE), clock.today());
    }

    /** How it is reported on; null unless it is a long-term matter with periods. */
    LongTerm longTerm(Issue issue) {
        List<FollowUps.Period> periods = FollowUps.isLongTerm(issue) ? followUps.periods(issue.number()) : List.of();
        if (periods.isEmpty()) {
            return null;
        }
        Map<String, Attachment> files =
                attachments(periods.stream().map(FollowUps.Period::files).toList());
        Map<String, String> names =
                names(periods.stream().map(FollowUps.Period::by).toList());
        FollowUps.Period last = periods.get(periods.size() - 1);
        boolean open = last.state().equals("open");
        FollowUps.Period over = open && periods.size() > 1 ? periods.get(periods.size() - 2) : last;
        Round round = store.round(issue);
        boolean completed = round.report() != null
                && (round.verification() == null || round.verification().passed());
        return new LongTerm(
                followUps.months(issue),
                open ? last.due().day() : null,
                over.round() == issue.round() && over.state().equals("missed"),
                completed ? round.report().completedOn() : null,
                periods.stream()
                        .map(period -> new Period(
                                period.round(),
                                period.number(),
                                period.due().day(),
                                period.state(),
                                period.progress(),
                                known(files, period.files()),
                                period.stageProposed(),
                                person(names, period.by()),
                                timestamp(period.at())))
                        .toList());
    }

    private Map<String, Attachment> attachments(List<List<String>> ids) {
        List<String> all = ids.stream().flatMap(List::stream).distinct().toList();
        return all.isEmpty()
                ? Map.of()
                : evidence.findAll(all).stream()
                        .collect(Collectors.toMap(Attachment::id, Function.identity(), (one, same) -> one));
    }

    private static List<Attachment> known(Map<String, Attachment> files, List<String> ids) {
        return ids.stream().map(files::get).filter(Objects::nonNull).toList();
    }

    private Map<String, String> names(List<String> usernames) {
        Set<String> people = new LinkedHashSet<>(usernames);
        people.remove(null);
        return people.isEmpty() ? Map.of() : accounts.names(people);
    }

    private static PersonRef person(Map<String, String> names, String username) {
        return username == null ? null : new PersonRef(username, names.getOrDefault(username, username));
    }
}
