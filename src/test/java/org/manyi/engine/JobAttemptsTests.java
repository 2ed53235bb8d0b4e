package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.engine.EngineJobs.DeadJob;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.NotFoundException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** A node going down in a job, played by a run that is begun and never ends. */
@ManyiTest
class JobAttemptsTests {

    private static final String FINE = "${true}";
    private static final String BROKEN = "${1 / nothing}";

    @Autowired
    private JobAttempts attempts;

    @Autowired
    private EngineJobs jobs;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService management;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcClient jdbc;

    private CommandExecutor commands;
    private String deployment;
    private MockMvc mvc;

    @BeforeEach
    void start() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
        commands = ((ProcessEngineImpl) engine).getProcessEngineConfiguration().getCommandExecutorTxRequired();
    }

    @AfterEach
    void stop() {
        repository.deleteDeployment(deployment, true);
    }

    @Test
    void aJobThatEndsLeavesNoCount() {
        Job job = job(FINE);

        run(job);

        assertThat(find(job)).isNull();
        assertThat(counted(job)).isZero();
    }

    @Test
    void aJobThatFailsIsTheEnginesToCountAndLeavesNoCount() {
        Job job = job(BROKEN);

        run(job);

        assertThat(find(job).getRetries()).isPositive();
        assertThat(counted(job)).isZero();
    }

    @Test
    void aJobInWhichANodeWentDownWaitsAWhileAndIsThenRunAgain() {
        Job job = job(FINE);
        goDownIn(job);

        assertThat(attempts.begin(job.getId(), commands)).isFalse();
        assertThat(find(job).getDuedate().toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofSeconds(1)), Instant.now().plus(Duration.ofSeconds(13)));

        run(job);
        assertThat(find(job)).isNull();
        assertThat(counted(job)).isZero();
    }

    @Test
    void aJobInWhichThreeNodesWentDownIsParkedAndShownToTheAdministrator() throws Exception {
        Job job = job(FINE);

        bringDownThreeNodes(job);
        assertThat(attempts.begin(job.getId(), commands)).isFalse();

        assertThat(find(job).getRetries()).isZero();
        assertThat(runtime.createIncidentQuery().configuration(job.getId()).count())
                .isEqualTo(1);
        assertThat(jobs.dead())
                .filteredOn(dead -> dead.jobId().equals(job.getId()))
                .singleElement()
                .satisfies(dead -> assertThat(dead.crashed()).isTrue(), dead -> assertThat(dead.since())
                        .isAfter(Instant.now().minus(Duration.ofMinutes(1))));
        assertThat(mvc.perform(get("/incidents").locale(Locale.CHINA))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("系统每次执行到这一步都中断", "/incidents/" + job.getId() + "/retry");
    }

    @Test
    void aParkedJobIsTriedAgainWhenTheAdministratorSaysSoAndTheTrailNamesHim() {
        Job job = job(FINE);
        bringDownThreeNodes(job);
        attempts.begin(job.getId(), commands);

        jobs.retry(job.getId(), users.byUsername("sysadmin"));

        assertThat(jobs.dead()).extracting(DeadJob::jobId).doesNotContain(job.getId());
        assertThat(jdbc.sql("select actor from audit_entry where event = 'JobRetried' and object_key = :job")
                        .param("job", job.getId())
                        .query(String.class)
                        .single())
                .isEqualTo("sysadmin");
        run(job);
        assertThat(find(job)).isNull();
    }

    @Test
    void onlyWhatIsDeadIsTriedAgain() {
        Job job = job(FINE);

        assertThatThrownBy(() -> jobs.retry(job.getId(), users.byUsername("sysadmin")))
                .isInstanceOf(NotFoundException.class);
    }

    private void bringDownThreeNodes(Job job) {
        goDownIn(job);
        for (int crash = 2; crash <= JobAttempts.MOST; crash++) {
            assertThat(attempts.begin(job.getId(), commands)).as("waits").isFalse();
            goDownIn(job);
        }
    }

    private void goDownIn(Job job) {
        assertThat(attempts.begin(job.getId(), commands)).as("is run").isTrue();
    }

    /** As the job executor does. */
    private void run(Job job) {
        ProcessEngineConfigurationImpl configuration = ((ProcessEngineImpl) engine).getProcessEngineConfiguration();
        JobExecutor ofTheTests = configuration.getJobExecutor();
        JobExecutor executor = new Running(attempts);
        configuration.setJobExecutor(executor);
        try {
            executor.getExecuteJobsRunnable(List.of(job.getId()), (ProcessEngineImpl) engine)
                    .run();
        } finally {
            configuration.setJobExecutor(ofTheTests);
        }
    }

    /** Runs what it is given, and looks for nothing by itself. */
    private static final class Running extends CountingJobExecutor {

        private Running(JobAttempts attempts) {
            super(attempts);
            isActive = true;
        }

        @Override
        public void jobWasAdded() {}
    }

    private Job job(String expression) {
        deployment = repository
                .createDeployment()
                .addModelInstance(
                        "attempts.bpmn",
                        Bpmn.createExecutableProcess("attempts")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .serviceTask()
                                .camundaAsyncBefore()
                                .camundaExpression(expression)
                                .endEvent()
                                .done())
                .deploy()
                .getId();
        String instance =
                runtime.startProcessInstanceByKey("attempts", Map.of()).getProcessInstanceId();
        return management.createJobQuery().processInstanceId(instance).singleResult();
    }

    private Job find(Job job) {
        return management.createJobQuery().jobId(job.getId()).singleResult();
    }

    private long counted(Job job) {
        return jdbc.sql("select count(*) from engine_job_attempt where job_id = :job")
                .param("job", job.getId())
                .query(Long.class)
                .single();
    }
}
