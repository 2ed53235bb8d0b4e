package org.manyi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Watches which flows of which diagram an engine takes. */
class ProcessCoverage {

    /** What the application's own tests take in this program, noted for {@link ProcessCoverageTests}. */
    private static final ProcessCoverage APPLICATION = new ProcessCoverage(TestNotes.file("flows"));

    private static final String BETWEEN = " ";

    private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();
    private final Path notes;

    /** Notes nothing. */
    ProcessCoverage() {
        this(null);
    }

    private ProcessCoverage(Path notes) {
        this.notes = notes;
    }

    /** What all programs with this database have noted. */
    static ProcessCoverage noted(String database) throws IOException {
        ProcessCoverage all = new ProcessCoverage();
        for (Path notes : TestNotes.files(database, "flows")) {
            for (String line : Files.readAllLines(notes)) {
                String[] flow = line.split(BETWEEN);
                all.take(flow[0], flow[1]);
            }
        }
        return all;
    }

    private void take(String process, String flow) {
        if (taken.computeIfAbsent(process, key -> ConcurrentHashMap.newKeySet()).add(flow) && notes != null) {
            TestNotes.add(notes, process + BETWEEN + flow);
        }
    }

    /** Makes the one application of the tests report to {@link #APPLICATION}. */
    static class OfTheApplication implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            context.getBeanFactory().registerSingleton("processCoverage", APPLICATION.listener());
        }
    }

    /**
     * What was taken of a diagram.
     *
     * @param never the flows that no test took, in the order of the file
     */
    record Coverage(String process, int taken, int flows, List<String> never) {

        @Override
        public String toString() {
            return "%s: %d/%d flows%s".formatted(process, taken, flows, never.isEmpty() ? "" : ", never " + never);
        }
    }

    /** Watches every definition that the engine parses. */
    BpmnParseListener listener() {
        return new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl flow) {
                ExecutionListener remember = execution ->
                        take(((ProcessDefinitionEntity) flow.getProcessDefinition()).getKey(), flow.getId());
                flow.addListener(ExecutionListener.EVENTNAME_TAKE, remember);
            }
        };
    }

    /** What was taken of every shipped diagram. */
    List<Coverage> all() {
        return ProcessModel.all().stream().map(this::of).toList();
    }

    private Coverage of(ProcessModel model) {
        Set<String> flowsTaken = taken.getOrDefault(model.id(), Set.of());
        // From where it waits for what comes first the engine goes straight on behind what came.
        List<String> flows = model.elements(SequenceFlow.class).stream()
                .filter(flow -> !(flow.getSource() instanceof EventBasedGateway))
                .map(SequenceFlow::getId)
                .toList();
        List<String> never =
                flows.stream().filter(flow -> !flowsTaken.contains(flow)).toList();
        return new Coverage(model.id(), flows.size() - never.size(), flows.size(), never);
    }
}
