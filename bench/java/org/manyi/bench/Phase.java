package org.manyi.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDecisions;
import org.manyi.engine.EngineJobs;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskItem;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;

/**
 * A phase opened for so many schools: each gets an instance of its own with three pieces of work, which are tasks at once. Beside the
 * bare engine starting the same instances in batches of the same size, its service tasks doing nothing. Then one school's task is
 * completed, beside one of a parallel multi-instance with as many instances in the bare engine. {@code -Dbench.sizes=100,1000} says how
 * many schools, {@code -Dbench.multi=5000} up to how many the multi-instance is tried; {@code -Xmx512m} belongs to it.
 */
public final class Phase {

    private static final int[] SIZES = Arrays.stream(
                    System.getProperty("bench.sizes", "100,1000,5000,35000").split(","))
            .mapToInt(Integer::parseInt)
            .toArray();
    private static final int MULTI = Integer.getInteger("bench.multi", 5000);
    private static final int BATCH = 100;
    private static final int COMPLETED = 40;

    private final BenchDatabase database;
    private final Campaigns campaigns;
    private final CampaignYear year;
    private final EngineJobs jobs;
    private final Inbox inbox;
    private final CurrentUsers users;
    private final Random random = new Random(7);
    private int serial;

    /** What the diagrams call in the bare engine. */
    public static final class Nothing {

        /** The number of a piece of work. */
        public String workNumber(DelegateExecution execution) {
            return execution.getProcessBusinessKey() + "." + execution.getCurrentActivityId();
        }

        /** It is planned and its day has come. */
        public void planWork(DelegateExecution execution) {
            execution.setVariable("nodePlanned", true);
            execution.setVariable("nodeOpen", true);
        }

        public void openWork(DelegateExecution execution) {}

        public void closeWork(DelegateExecution execution) {}

        public void closePart(DelegateExecution execution) {}

        /** Never asked: the day has come. */
        public Date opensAt(DelegateExecution execution) {
            return new Date();
        }
    }

    private Phase(BenchDatabase database, BenchApplication application) {
        this.database = database;
        this.campaigns = application.get(Campaigns.class);
        this.year = application.get(CampaignYear.class);
        this.jobs = application.get(EngineJobs.class);
        this.inbox = application.get(Inbox.class);
        this.users = application.get(CurrentUsers.class);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Phase");
        report.line("");
        report.line("Heap at most %d MB. Three pieces of work a school; batches of %d; one thread."
                .formatted(Runtime.getRuntime().maxMemory() >> 20, BATCH));
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(
                        database, Map.of("manyi.campaign.schools-at-once", String.valueOf(BATCH)), null)) {
            Phase bench = new Phase(database, application);
            Population population = new Population(database, false);
            database.run("drop database if exists bare", "create database bare");
            ProcessEngine bare = bareEngine(database.url("bare"), database.user());
            bench.open();
            report.head(
                    "schools", "Manyi, s", "schools a second", "slowest tenth / fastest tenth", "heap at its highest, MB",
                    "bare engine, s", "Manyi / engine", "one task, ms", "p95", "one of a multi-instance, ms",
                    "schools by nodes, first page, the chair, ms", "the same, those behind, ms");
            for (int size : SIZES) {
                population.schools(size);
                bench.measure(size, bare, report);
            }
            bare.close();
        }
    }

    private void measure(int size, ProcessEngine bare, Report report) throws Exception {
        resetPeaks();
        long begun = System.nanoTime();
        String id = open();
        double manyi = (System.nanoTime() - begun) / 1e9;
        long peak = peak();
        int schools = Integer.parseInt(
                database.value("select count(*) from campaign_part where state = 'open' and campaign_id = '" + id + "'"));
        double spread = spread(id);
        double engine = openBare(bare, schools);
        Times tasks = complete(id);
        report.row(
                schools,
                manyi,
                schools / manyi,
                spread,
                peak >> 20,
                engine,
                manyi / engine,
                tasks.median(),
                tasks.p95(),
                size <= MULTI ? multi(bare, schools) : "not tried",
                matrix(id, false),
                matrix(id, true));
    }

    /** A year whose planning alone has begun, issued, and its schools' parts given out. */
    private String open() {
        CurrentUser author = users.byUsername("jijiao");
        int year = LocalDate.now().getYear() - 1;
        String id = campaigns.draft("luozhuang-2022", year, true, author);
        int version = campaigns.find(id, author).item().version();
        campaigns.revise(id, version, onlyPlanning(campaigns.find(id, author).plan()), null, author);
        campaigns.decide(id, null, true, null, users.byUsername("chair"));
        campaigns.start(id, null, new PlanDecisions.Issue(null, LocalDate.now(), null), author);
        for (boolean more = true; more; ) {
            jobs.runDue();
            more = !"open".equals(phase(id)) && !"done".equals(phase(id));
        }
        return id;
    }

    private String phase(String id) {
        try {
            return database.value("select state from campaign_phase where phase_id = 'february-planning' and campaign_id = '" + id + "'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The shipped plan with the nodes of its planning, without evidence, and with its other phases in the year after next. */
    private static Plan onlyPlanning(Plan plan) {
        List<Plan.Phase> phases = plan.phases().stream()
                .map(phase -> phase.id().equals("february-planning")
                        ? new Plan.Phase(
                                phase.id(), phase.name(), phase.starts(), DayOfPlan.parse("next 12-31"), phase.summary())
                        : new Plan.Phase(
                                phase.id(),
                                phase.name(),
                                DayOfPlan.parse("next 12-31"),
                                DayOfPlan.parse("next 12-31"),
                                phase.summary()))
                .toList();
        List<Plan.Node> nodes = plan.nodes().stream()
                .filter(node -> node.phase().equals("february-planning"))
                .map(Phase::withoutEvidence)
                .toList();
        return plan.with(phases, nodes);
    }

    private static Plan.Node withoutEvidence(Plan.Node node) {
        return new Plan.Node(
                node.id(), node.name(), node.phase(), node.owner(), node.kind(), node.starts(), node.due(), node.recurrence(),
                node.restDay(), node.after(), node.fanOut(), List.of(), node.check(), node.outputs(),
                node.template(), node.reminders(),
                node.mechanism(), node.runner(), node.source());
    }

    /** How much longer the slowest tenth of the batches took than the fastest, by the instants of the parts. */
    private double spread(String id) throws Exception {
        String found = database.value("""
                with batch as (select opened_at, lag(opened_at) over (order by opened_at) as before from (
                        select distinct opened_at from campaign_part where campaign_id = '%1$s' and state = 'open') o),
                    took as (select extract(epoch from opened_at - before) as s from batch where before is not null)
                select percentile_cont(0.9) within group (order by s) / nullif(percentile_cont(0.1) within group (order by s), 0) from took
                """.formatted(id));
        return found == null ? 1 : Double.parseDouble(found);
    }

    private Times complete(String id) throws Exception {
        List<String> tasks = new ArrayList<>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select t.task_id from inbox_task t join campaign_work w on w.number = t.case_number"
                        + " where w.campaign_id = '" + id + "' and w.node_id = 'planVisits' and t.state = 'open'"
                        + " and w.unit_code like 'B%'")) {
            while (rows.next()) {
                tasks.add(rows.getString(1));
            }
        }
        Collections.shuffle(tasks, random);
        Times times = new Times();
        for (String task : tasks.subList(0, Math.min(COMPLETED, tasks.size()))) {
            String school = database.value("select lower(school_code) from inbox_task where task_id = '" + task + "'");
            CurrentUser principal = users.byUsername(school + "-01");
            TaskItem item = inbox.find(task, principal);
            times.time(() -> inbox.complete(task, item.version(), Map.of("report", "家访计划已定"), principal));
        }
        return times;
    }

    /** The page of schools by nodes as the head of the bureau, who sees all, opens it; the median of ten. */
    private double matrix(String id, boolean behind) throws Exception {
        CurrentUser chair = users.byUsername("chair");
        Times times = new Times();
        for (int i = 0; i < 10; i++) {
            times.time(() -> year.matrix(
                    id, new CampaignYear.MatrixQuery("february-planning", null, null, null, behind, null, null, 40), chair));
        }
        return times.median();
    }

    private double openBare(ProcessEngine bare, int schools) {
        ProcessEngineConfigurationImpl settings = (ProcessEngineConfigurationImpl) bare.getProcessEngineConfiguration();
        long begun = System.nanoTime();
        for (int from = 0; from < schools; from += BATCH) {
            int first = from;
            settings.getCommandExecutorTxRequired().execute(context -> {
                for (int i = first; i < Math.min(first + BATCH, schools); i++) {
                    bare.getRuntimeService().startProcessInstanceByKey("school-planning", "bare-" + serial++);
                }
                return null;
            });
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    /** One task of a parallel multi-instance with as many instances as there are schools; the median of ten. */
    private double multi(ProcessEngine bare, int schools) throws Exception {
        Map<String, Object> variables = new HashMap<>();
        variables.put("schools", schools);
        String instance = bare.getRuntimeService()
                .startProcessInstanceByKey("all-at-once", variables)
                .getId();
        Times times = new Times();
        for (Task task : bare.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance)
                .listPage(0, 10)) {
            times.time(() -> bare.getTaskService().complete(task.getId()));
        }
        bare.getRuntimeService().deleteProcessInstance(instance, "measured");
        return times.median();
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
        settings.setBeans(Map.of("workItemSteps", nothing, "schoolPartSteps", nothing));
        ProcessEngine engine = settings.buildProcessEngine();
        engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("processes/campaign/school-planning.bpmn")
                .addClasspathResource("processes/campaign/work-item.bpmn")
                .addModelInstance(
                        "all-at-once.bpmn",
                        Bpmn.createExecutableProcess("all-at-once")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .userTask("filePlan")
                                .multiInstance()
                                .parallel()
                                .cardinality("${schools}")
                                .multiInstanceDone()
                                .endEvent()
                                .done())
                .deploy();
        return engine;
    }

    private static void resetPeaks() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
