package org.manyi.bench;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.task.Task;
import org.manyi.inbox.TaskItem;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An issue raised and worked through its loop to closure, each step timed: through Manyi (gate, read model, case, history, audit,
 * mails), by the bare engine with the same diagrams, whose service tasks do nothing, and by JDBC, which writes the very rows that Manyi
 * wrote for a case like it, without reading any. {@code -Dbench.cases=200} says how many cases each works through;
 * {@code -Dbench.statements=signForIssue} prints the statements of a step.
 */
public final class Completion {

    private static final int CASES = Integer.getInteger("bench.cases", 120);
    private static final int WARM_UP = Integer.getInteger("bench.warm", 60);
    private static final String SHOWN = System.getProperty("bench.statements", "");
    private static final String RAISE = "raising";
    private static final List<String> STEPS =
            List.of("triageIssue", "signForIssue", "rectifyIssue", "verifyRectification", "approveClosure");

    private final Spy spy;
    private final Issues issues;
    private final org.manyi.inbox.Inbox inbox;
    private final CurrentUsers users;
    private final Organisation organisation;
    private final TransactionTemplate transaction;
    private final ProcessEngine engine;
    private final Connection jdbc;
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private int serial;
    private int rounds;

    /** What a step took in each of the three ways. */
    private static final class Step {
        private Times manyi = new Times();
        private Times inDatabase = new Times();
        private Times engine = new Times();
        private Times jdbc = new Times();
        private int statements;
        private int writes;
    }

    /** What the diagrams call in the bare engine. */
    public static final class Nothing {

        public void suggestTriage(String number) {}

        /** A matter that is not long-term. */
        public void openRound(DelegateExecution execution) {
            execution.setVariable("longTerm", false);
        }

        public void chooseTeam(String number) {}

        public void closeIssue(String number) {}

        /** Long after the run. */
        public Date overdueAt(String number) {
            return java.sql.Date.valueOf(LocalDate.now().plusYears(1));
        }
    }

    private Completion(BenchDatabase database, BenchApplication application, Spy spy) throws Exception {
        this.spy = spy;
        this.issues = application.get(Issues.class);
        this.inbox = application.get(org.manyi.inbox.Inbox.class);
        this.users = application.get(CurrentUsers.class);
        this.organisation = application.get(Organisation.class);
        this.transaction = new TransactionTemplate(application.get(PlatformTransactionManager.class));
        this.jdbc = database.connect();
        database.run("drop database if exists bare", "create database bare");
        this.engine = bareEngine(database.url("bare"), database.user());
        steps.put(RAISE, new Step());
        STEPS.forEach(step -> steps.put(step, new Step()));
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Completion");
        Spy spy = new Spy();
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(database, Map.of(), spy)) {
            Completion bench = new Completion(database, application, spy);
            for (int i = 0; i < WARM_UP; i++) {
                bench.round();
            }
            bench.steps.replaceAll((name, step) -> new Step());
            database.run("vacuum (analyze)", "checkpoint");
            for (int i = 0; i < CASES; i++) {
                bench.round();
            }
            bench.print(report);
            bench.engine.close();
        }
    }

    private static ProcessEngine bareEngine(String url, String user) {
        StandaloneProcessEngineConfiguration settings = new StandaloneProcessEngineConfiguration();
        settings.setProcessEngineName("bare");
        settings.setJdbcUrl(url);
        settings.setJdbcDriver("org.postgresql.Driver");
        settings.setJdbcUsername(user);
        settings.setJdbcPassword("");
        settings.setDatabaseSchemaUpdate("true");
        settings.setHistory("full");
        settings.setHistoryRemovalTimeStrategy("end");
        settings.setIdGenerator(new StrongUuidGenerator());
        settings.setJobExecutorActivate(false);
        settings.setMetricsEnabled(false);
        settings.setAuthorizationEnabled(false);
        Nothing nothing = new Nothing();
        settings.setBeans(Map.of(
                "issueRectificationSteps", nothing, "rectificationRoundSteps", nothing));
        ProcessEngine engine = settings.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/issue/issue-rectification.bpmn")
                .addClasspathResource("processes/issue/rectification-round.bpmn")
                .deploy();
        return engine;
    }

    /** One case in each way, the ways taking turns at every step. */
    private void round() throws Exception {
        rounds++;
        String number = raise(steps.get(RAISE));
        String replayed = replayRaising(steps.get(RAISE));
        String bare = startBare(steps.get(RAISE));
        for (String key : STEPS) {
            Step step = steps.get(key);
            complete(step, key, number);
            replay(step, key, replayed);
            completeBare(step, key, bare);
        }
    }

    private String raise(Step step) {
        CurrentUser user = users.byUsername("office");
        NewIssue report = report();
        return manyi(step, RAISE, () -> issues.raise(report, user).number());
    }

    private NewIssue report() {
        serial++;
        return new NewIssue(
                "走廊照明不足第" + serial + "处", "晚自习后走廊太暗", "appeal", "hotline", "facilities", "medium",
                "S00%02d".formatted(1 + serial % 40), null, false, null, null, null, true);
    }

    private void complete(Step step, String key, String number) {
        TaskItem task = task(number, key);
        CurrentUser user = holder(task);
        manyi(step, key, () -> inbox.complete(task.id(), task.version(), values(key), user));
    }

    /** Times a change; of every tenth case, which is not timed, the statements are counted. */
    private <T> T manyi(Step step, String key, Supplier<T> change) {
        boolean looked = rounds % 10 == 0;
        spy.watch(looked);
        spy.reset();
        long begun = System.nanoTime();
        T result = change.get();
        if (!looked) {
            step.manyi.add(System.nanoTime() - begun);
            return result;
        }
        Spy.Seen seen = spy.seen();
        step.inDatabase.add(seen.nanos());
        step.statements = seen.statements();
        step.writes = seen.writes().size();
        if (key.equals(SHOWN) && step.inDatabase.size() == 1) {
            System.out.println(seen.texts());
        }
        return result;
    }

    private String replayRaising(Step step) throws Exception {
        CurrentUser user = users.byUsername("office");
        NewIssue report = report();
        String number = recorded(() -> issues.raise(report, user).number());
        replay(step);
        return number;
    }

    private void replay(Step step, String key, String number) throws Exception {
        TaskItem task = task(number, key);
        CurrentUser user = holder(task);
        recorded(() -> inbox.complete(task.id(), task.version(), values(key), user));
        replay(step);
    }

    /** Does something, keeps what it would write, and takes it back. */
    private <T> T recorded(Supplier<T> change) {
        spy.watch(true);
        spy.reset();
        return transaction.execute(status -> {
            T result = change.get();
            status.setRollbackOnly();
            return result;
        });
    }

    /** Writes what was taken back, by plain JDBC: the same statements with the same values, in one transaction. */
    private void replay(Step step) throws Exception {
        List<Spy.Write> writes = spy.seen().writes();
        Map<String, PreparedStatement> prepared = new LinkedHashMap<>();
        long begun = System.nanoTime();
        jdbc.setAutoCommit(false);
        for (Spy.Write write : writes) {
            PreparedStatement statement = prepared.get(write.sql());
            if (statement == null) {
                statement = jdbc.prepareStatement(write.sql());
                prepared.put(write.sql(), statement);
            }
            for (List<ParameterSetOperation> row : write.rows()) {
                for (ParameterSetOperation parameter : row) {
                    set(statement, parameter);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
        jdbc.commit();
        step.jdbc.add(System.nanoTime() - begun);
        for (PreparedStatement statement : prepared.values()) {
            statement.close();
        }
    }

    private static void set(PreparedStatement statement, ParameterSetOperation parameter) throws Exception {
        Method method = parameter.getMethod();
        method.invoke(statement, parameter.getArgs());
    }

    private String startBare(Step step) throws Exception {
        String key = "bare-" + serial;
        step.engine.time(() -> engine.getRuntimeService()
                .startProcessInstanceByKey(
                        "issue-rectification", key, Map.of("caseNumber", key, "reporterKnown", false)));
        return key;
    }

    private void completeBare(Step step, String key, String number) throws Exception {
        Task task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(key)
                .singleResult();
        Map<String, Object> variables = variables(key);
        step.engine.time(() -> engine.getTaskService().complete(task.getId(), variables));
    }

    private TaskItem task(String number, String key) {
        return inbox.tasksOf(number, users.byUsername("chair")).stream()
                .filter(task -> task.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(number + " has no task " + key));
    }

    private CurrentUser holder(TaskItem task) {
        if (task.assignee() != null) {
            return users.byUsername(task.assignee().username());
        }
        return organisation.holders(task.candidatePosts()).stream()
                .sorted()
                .map(users::byUsername)
                .filter(user -> inbox.find(task.id(), user).actions().contains("complete"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> values(String key) {
        return switch (key) {
            case "triageIssue" -> Map.of("decision", "accept");
            case "signForIssue" -> Map.of("decision", "sign");
            case "rectifyIssue" ->
                Map.of("measures", "换了十二只灯管", "result", "照度达标", "completedOn", LocalDate.now().toString());
            case "verifyRectification" -> {
                Map<String, Object> point = new LinkedHashMap<>(Map.of("point", "照度", "ok", true));
                yield Map.of("decision", "pass", "mode", "document", "points", new ArrayList<>(List.of(point)));
            }
            case "approveClosure" -> Map.of("decision", "approve");
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** What Manyi hands to the engine. */
    private static Map<String, Object> variables(String key) {
        return switch (key) {
            case "triageIssue" -> Map.of("triageDecision", "accept");
            case "signForIssue" -> Map.of("signed", true, "returnedTooOften", false);
            case "verifyRectification" -> Map.of("roundPassed", true);
            case "approveClosure" -> Map.of("closureApproved", true);
            default -> Map.of();
        };
    }

    private void print(Report report) throws Exception {
        report.line("");
        report.line(CASES + " cases in each way, one at a time, after " + WARM_UP + " to warm up; medians, in milliseconds.");
        report.head("step", "Manyi", "p95", "of it in the database", "statements", "of them writing", "bare engine", "p95",
                "JDBC, same rows", "p95", "Manyi / engine", "Manyi / JDBC", "engine / JDBC");
        double[] sums = new double[3];
        for (Map.Entry<String, Step> entry : steps.entrySet()) {
            Step step = entry.getValue();
            double manyi = step.manyi.median();
            double bare = step.engine.median();
            double plain = step.jdbc.median();
            if (!entry.getKey().equals(RAISE)) {
                sums[0] += manyi;
                sums[1] += bare;
                sums[2] += plain;
            }
            report.row(entry.getKey(), manyi, step.manyi.p95(), step.inDatabase.median(), step.statements, step.writes, bare,
                    step.engine.p95(), plain, step.jdbc.p95(), manyi / bare, manyi / plain, bare / plain);
        }
        report.row("all five completions", sums[0], "", "", "", "", sums[1], "", sums[2], "", sums[0] / sums[1],
                sums[0] / sums[2], sums[1] / sums[2]);
    }
}
