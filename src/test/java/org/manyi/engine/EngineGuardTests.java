package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.springframework.beans.factory.annotation.Autowired;

/** The engine gets no more patches: what its known holes lead to is shut here, whatever got into a diagram or a query. */
@ManyiTest
class EngineGuardTests {

    private static final String RUNS_A_PROGRAM =
            "${''.getClass().forName('java.lang.Runtime').getMethods()[6].invoke(null).exec('id')}";

    @Autowired
    private ProcessEngine engine;

    @Test
    void aDiagramWithAScriptIsNotDeployed() {
        BpmnModelInstance diagram = Bpmn.createExecutableProcess("scripted")
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .scriptTask("evil")
                .scriptFormat("juel")
                .scriptText("${1}")
                .endEvent()
                .done();

        assertThatThrownBy(() -> engine.getRepositoryService()
                        .createDeployment()
                        .addModelInstance("scripted.bpmn", diagram)
                        .deploy())
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("Script tasks are not allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RUNS_A_PROGRAM,
                "${''.class.forName('java.lang.System')}",
                "${execution.getClass().getClassLoader()}",
                "${execution.processEngineServices.class}"
            })
    void noExpressionReachesAClass(String expression) {
        assertThatThrownBy(() -> run(expression)).hasStackTraceContaining("Expressions may not reach classes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${dataSource}", "${environment}", "${personalData}", "${jdbcClient.sql('select 1')}"})
    void aDiagramReachesNoBeanButTheStepsOfItsRoom(String expression) {
        assertThatThrownBy(() -> run(expression)).hasStackTraceContaining("Unknown property used in expression");
    }

    /** CVE-2026-109432: the engine does not look at the expressions of a query inside {@code or()} before it evaluates them. */
    @Test
    void anExpressionSmuggledIntoATaskQueryReachesNoClass() {
        assertThatThrownBy(() -> engine.getTaskService()
                        .createTaskQuery()
                        .or()
                        .dueAfterExpression(RUNS_A_PROGRAM)
                        .endOr()
                        .list())
                .hasStackTraceContaining("Expressions may not reach classes");
    }

    private void run(String expression) {
        String key = "guarded" + Integer.toHexString(expression.hashCode());
        BpmnModelInstance diagram = Bpmn.createExecutableProcess(key)
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .serviceTask("evil")
                .camundaExpression(expression)
                .endEvent()
                .done();
        String deployment = engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(key + ".bpmn", diagram)
                .deploy()
                .getId();
        try {
            assertThat(engine.getRuntimeService().startProcessInstanceByKey(key))
                    .isNull();
        } finally {
            engine.getRepositoryService().deleteDeployment(deployment, true);
        }
    }
}
