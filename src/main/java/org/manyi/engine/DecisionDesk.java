package org.manyi.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class DecisionDesk implements DecisionTables {

    private static final String SOURCE = "manyi";
    private static final int PAGES = 10_000;

    private final DecisionStore store;
    private final RepositoryService repository;
    private final ObjectProvider<DecisionSubject> subjects;
    private final Accounts accounts;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final Map<String, Shipped> shipped = new ConcurrentHashMap<>();

    DecisionDesk(
            DecisionStore store,
            RepositoryService repository,
            ObjectProvider<DecisionSubject> subjects,
            Accounts accounts,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.store = store;
        this.repository = repository;
        this.subjects = subjects;
        this.accounts = accounts;
        this.clock = clock;
        this.events = events;
    }

    /** A table as this program brings it. */
    private record Shipped(byte[] dmn, String print, DecisionTable table) {}

    /**
     * Takes a table in that this program ships. It is put into force where there is none yet, and in place of one that was shipped
     * before and never changed; an edited one stays, and so does a newer one that another node has brought already.
     *
     * @param path the resource's path, under which it was ever deployed
     * @throws IllegalArgumentException when it is not a table of codes and numbers of which the first rule decides
     */
    public void ship(String path, byte[] dmn) {
        DecisionDmn file = new DecisionDmn(dmn);
        String key = file.key();
        Shipped table = new Shipped(dmn, print(dmn), file.read());
        shipped.put(key, table);
        store.lock();
        Optional<Version> latest = store.inForce(key);
        if (latest.isPresent()
                && (latest.get().origin() != Origin.SHIPPED || store.prints(key).contains(table.print))) {
            return;
        }
        String definition = deploy(
                repository.createDeployment().name(path).source(SOURCE).enableDuplicateFiltering(false),
                path,
                key,
                dmn);
        int number = latest.map(version -> version.number() + 1).orElse(1);
        store.add(
                key,
                new Version(number, table.table, Origin.SHIPPED, null, null, clock.instant(), null),
                table.print,
                definition);
    }

    private static String print(byte[] dmn) {
        try {
            // A file may reach a node with the line ends of another system.
            String text = new String(dmn, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers the definition that holds by it; the caller has the lock, so that it is the newest. */
    private String deploy(DeploymentBuilder deployment, String path, String key, byte[] dmn) {
        deployment.addInputStream(path, new ByteArrayInputStream(dmn)).deploy();
        return repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey(key)
                .latestVersion()
                .singleResult()
                .getId();
    }

    @Override
    @Transactional(readOnly = true)
    public List<Entry> all() {
        return subjects.stream()
                .sorted(Comparator.comparing(DecisionSubject::key))
                .map(this::entry)
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Entry find(String key) {
        return entry(subject(key));
    }

    private DecisionSubject subject(String key) {
        return subjects.stream()
                .filter(subject -> subject.key().equals(key))
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    private Entry entry(DecisionSubject subject) {
        String key = subject.key();
        Version inForce = inForce(key);
        Shipped newest = shipped.get(key);
        boolean newlyShipped =
                !store.print(key, inForce.number()).equals(newest.print) && !newest.table.equals(inForce.table());
        return new Entry(subject, inForce, store.draft(key).orElse(null), newlyShipped);
    }

    private Version inForce(String key) {
        return store.inForce(key).orElseThrow(NotFoundException::new);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Version> versions(String key) {
        return store.versions(subject(key).key());
    }

    @Override
    @Transactional(readOnly = true)
    public Version version(String key, int number) {
        return store.version(subject(key).key(), number).orElseThrow(NotFoundException::new);
    }

    @Override
    public DecisionTable shipped(String key) {
        return shipped.get(subject(key).key()).table;
    }

    @Override
    public List<Difference> differences(DecisionTable before, DecisionTable after) {
        return new DecisionComparison(before, after).differences();
    }

    @Override
    public Map<String, List<Integer>> covered(String key, DecisionTable table) {
        return new DecisionReach(table, subject(key).conditions()).covered();
    }

    @Override
    public Draft begin(String key, boolean fromShipped, CurrentUser user) {
        DecisionSubject subject = subject(key);
        store.lock();
        Optional<Draft> there = store.draft(key);
        if (there.isPresent()) {
            if (fromShipped) {
                throw new ConflictException(Reason.NOT_ACTIVE, "engine.problem.decision.draftThere");
            }
            return there.get();
        }
        Version inForce = inForce(subject.key());
        DecisionTable table = fromShipped ? shipped.get(key).table : inForce.table();
        Draft draft = new Draft(table, inForce.number(), 1, user.username(), clock.instant());
        store.add(key, draft);
        return draft;
    }

    @Override
    public void save(String key, DecisionTable.Rule rule, int version, CurrentUser user) {
        DecisionSubject subject = subject(key);
        DecisionTable.Rule stripped = new DecisionTable.Rule(
                rule.id() == null ? newId() : rule.id(),
                rule.description() == null ? "" : rule.description().strip(),
                rule.conditions(),
                rule.outputs());
        List<FieldProblem> problems = DecisionRules.problems(subject, stripped);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        change(key, version, user, rules -> {
            if (rule.id() != null) {
                rules.set(place(rules, rule.id()), stripped);
            } else if (rules.size() >= DecisionRules.MOST_RULES) {
                throw ValidationException.of(
                        "rule", "range", "engine.problem.decision.tooMany", DecisionRules.MOST_RULES);
            } else {
                boolean beforeLast =
                        !rules.isEmpty() && rules.get(rules.size() - 1).takesAll();
                rules.add(beforeLast ? rules.size() - 1 : rules.size(), stripped);
            }
            return rules;
        });
    }

    private static String newId() {
        return "rule_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static int place(List<DecisionTable.Rule> rules, String id) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).id().equals(id)) {
                return i;
            }
        }
        throw new NotFoundException();
    }

    @Override
    public void move(String key, String rule, boolean up, int version, CurrentUser user) {
        change(key, version, user, rules -> {
            int at = place(rules, rule);
            int to = at + (up ? -1 : 1);
            if (to >= 0 && to < rules.size()) {
                rules.add(to, rules.remove(at));
            }
            return rules;
        });
    }

    @Override
    public void remove(String key, String rule, int version, CurrentUser user) {
        change(key, version, user, rules -> {
            rules.remove(place(rules, rule));
            return rules;
        });
    }

    private void change(String key, int version, CurrentUser user, UnaryOperator<List<DecisionTable.Rule>> change) {
        Draft draft = draft(key, version);
        List<DecisionTable.Rule> rules =
                change.apply(new ArrayList<>(draft.table().rules()));
        Draft changed =
                new Draft(new DecisionTable(rules), draft.basedOn(), version + 1, user.username(), clock.instant());
        if (!store.replace(key, changed)) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
    }

    /** The draft that the person looked at. */
    private Draft draft(String key, int version) {
        Draft draft = draft(key);
        if (draft.version() != version) {
            throw new ConflictException(
                    Reason.STALE_VERSION,
                    "engine.problem.decision.stale",
                    accounts.names(List.of(draft.by())).getOrDefault(draft.by(), draft.by()));
        }
        return draft;
    }

    private Draft draft(String key) {
        return store.draft(subject(key).key())
                .orElseThrow(() -> new ConflictException(Reason.NOT_ACTIVE, "engine.problem.decision.noDraft"));
    }

    @Override
    public void discard(String key, int version, CurrentUser user) {
        store.lock();
        draft(key, version);
        store.removeDraft(key);
        events.publishEvent(new DecisionEvent.DecisionDraftDiscarded(clock.instant(), user.username(), key));
    }

    @Override
    @Transactional(readOnly = true)
    public Preview preview(String key, int page, CurrentUser reader) {
        DecisionSubject subject = subject(key);
        Draft draft = draft(key);
        return new DecisionTrial(subject, inForce(key).table(), draft.table())
                .preview(clock.today().minusYears(1), Math.max(0, Math.min(page, PAGES)), reader);
    }

    @Override
    public int publish(String key, int version, int inForce, String reason, CurrentUser user) {
        DecisionSubject subject = subject(key);
        store.lock();
        Draft draft = draft(key, version);
        Version before = requireInForce(key, inForce);
        if (differences(before.table(), draft.table()).isEmpty()) {
            throw ValidationException.of("reason", "unchanged", "engine.problem.decision.unchanged");
        }
        int number = putIntoForce(subject, draft.table(), Origin.EDITED, null, before, reason, user);
        store.removeDraft(key);
        events.publishEvent(
                new DecisionEvent.DecisionPublished(clock.instant(), user.username(), key, number, reason.strip()));
        return number;
    }

    private Version requireInForce(String key, int inForce) {
        Version before = inForce(key);
        if (before.number() != inForce) {
            throw new ConflictException(Reason.STALE_VERSION, "engine.problem.decision.otherInForce", before.number());
        }
        return before;
    }

    private int putIntoForce(
            DecisionSubject subject,
            DecisionTable table,
            Origin origin,
            Integer from,
            Version before,
            String reason,
            CurrentUser user) {
        List<FieldProblem> problems = DecisionRules.problems(subject, table);
        String given = DecisionRules.reason(reason, problems);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        String key = subject.key();
        Shipped newest = shipped.get(key);
        // Not the name of the shipped one: an older program that starts beside this one compares with that, and finds
        // it unchanged.
        String name = "decisions/" + key + ".dmn";
        String definition = deploy(
                repository.createDeployment().name(name).source(SOURCE),
                name,
                key,
                new DecisionDmn(newest.dmn).write(table, subject));
        int number = before.number() + 1;
        store.add(
                key,
                new Version(number, table, origin, from, user.username(), clock.instant(), given),
                newest.print,
                definition);
        return number;
    }

    @Override
    public int restore(String key, int number, int inForce, String reason, CurrentUser user) {
        DecisionSubject subject = subject(key);
        Version restored = version(key, number);
        store.lock();
        Version before = requireInForce(key, inForce);
        if (before.number() == number) {
            throw new ConflictException(Reason.NOT_ACTIVE, "engine.problem.decision.inForceAlready");
        }
        int made = putIntoForce(subject, restored.table(), Origin.RESTORED, number, before, reason, user);
        events.publishEvent(new DecisionEvent.DecisionRestored(
                clock.instant(), user.username(), key, made, number, reason.strip()));
        return made;
    }
}
