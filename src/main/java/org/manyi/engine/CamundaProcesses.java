package org.manyi.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.runtime.TransitionInstance;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class CamundaProcesses implements Processes {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final FormService forms;
    private final RepositoryService repository;
    private final HistoryService history;
    private final ManagementService management;
    private final JdbcClient jdbc;
    private final Map<String, String> taskForms = new ConcurrentHashMap<>();

    CamundaProcesses(
            RuntimeService runtime,
            TaskService tasks,
            FormService forms,
            RepositoryService repository,
            HistoryService history,
            ManagementService management,
            JdbcClient jdbc) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.forms = forms;
        this.repository = repository;
        this.history = history;
        this.management = management;
        this.jdbc = jdbc;
    }

    @Override
    public String start(String processKey, String businessKey, Map<String, Object> variables) {
        return EngineRaces.guard(() -> runtime.startProcessInstanceByKey(processKey, businessKey, variables)
                .getId());
    }

    @Override
    public String startAt(String processKey, String activityId, String businessKey, Map<String, Object> variables) {
        return EngineRaces.guard(() -> runtime.createProcessInstanceByKey(processKey)
                .businessKey(businessKey)
                .setVariables(variables)
                .startBeforeActivity(activityId)
                .execute()
                .getId());
    }

    @Override
    public void endAll(String businessKey, String reason) {
        List<String> roots = runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .rootProcessInstances()
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
        for (String root : roots) {
            EngineRaces.guard(() -> {
                runtime.deleteProcessInstance(root, reason);
                return root;
            });
        }
    }

    @Override
    public String startByMessage(String message, String businessKey, Map<String, Object> variables) {
        return EngineRaces.guard(() -> runtime.startProcessInstanceByMessage(message, businessKey, variables)
                .getId());
    }

    @Override
    public void correlate(String message, String businessKey, Map<String, Object> variables) {
        EngineRaces.guard(() -> runtime.createMessageCorrelation(message)
                .processInstanceBusinessKey(businessKey)
                .setVariables(variables)
                .correlate());
    }

    @Override
    public boolean tell(String message, String businessKey) {
        return !EngineRaces.guard(() -> runtime.createMessageCorrelation(message)
                        .processInstanceBusinessKey(businessKey)
                        .correlateAllWithResult())
                .isEmpty();
    }

    @Override
    public void move(String processKey, String businessKey, String activityId, Set<String> kept) {
        String instance = live(processKey, businessKey).stream()
                .findFirst()
                .orElseThrow(() -> ConflictException.of(Reason.NOT_ACTIVE));
        ActivityInstance doing = runtime.getActivityInstance(instance);
        EngineRaces.guard(() -> {
            ProcessInstanceModificationBuilder modification = runtime.createProcessInstanceModification(instance);
            for (ActivityInstance activity : doing.getChildActivityInstances()) {
                if (!kept.contains(activity.getActivityId())) {
                    modification.cancelActivityInstance(activity.getId());
                }
            }
            for (TransitionInstance transition : doing.getChildTransitionInstances()) {
                modification.cancelTransitionInstance(transition.getId());
            }
            modification.startBeforeActivity(activityId).execute();
        });
    }

    @Override
    public void stop(String processKey, String businessKey) {
        for (String instance : live(processKey, businessKey)) {
            EngineRaces.guard(() -> runtime.deleteProcessInstance(instance, "stopped"));
        }
    }

    private List<String> live(String processKey, String businessKey) {
        return runtime
                .createProcessInstanceQuery()
                .processDefinitionKey(processKey)
                .processInstanceBusinessKey(businessKey)
                .list()
                .stream()
                .map(ProcessInstance::getId)
                .toList();
    }

    @Override
    public boolean waitsFor(String message, String businessKey) {
        return instanceIds(businessKey).stream()
                .anyMatch(instance -> runtime.createEventSubscriptionQuery()
                                .processInstanceId(instance)
                                .eventType("message")
                                .eventName(message)
                                .count()
                        > 0);
    }

    @Override
    public void completeTask(String taskId, Map<String, Object> variables) {
        EngineRaces.guard(() -> tasks.complete(taskId, variables));
    }

    @Override
    public void assignTask(String taskId, String username) {
        EngineRaces.guard(() -> tasks.setAssignee(taskId, username));
    }

    @Override
    public void offerTask(String taskId, List<String> posts, Instant due) {
        for (String post : posts) {
            tasks.addCandidateGroup(taskId, post);
        }
        tasks.setDueDate(taskId, Date.from(due));
    }

    @Override
    public String taskVariable(String taskId, String name) {
        return (String) tasks.getVariable(taskId, name);
    }

    @Override
    @Transactional(readOnly = true)
    public String taskForm(String taskId) {
        // A form comes with its process's deployment and never changes after: the engine would read and unpack it every
        // time.
        return jdbc.sql("select proc_def_id_ || '/' || task_def_key_ from act_ru_task where id_ = :id")
                .param("id", taskId)
                .query(String.class)
                .optional()
                .map(step -> taskForms.computeIfAbsent(step, unread -> readTaskForm(taskId)))
                .orElseGet(() -> readTaskForm(taskId));
    }

    private String readTaskForm(String taskId) {
        try (InputStream form = EngineRaces.guard(() -> forms.getDeployedTaskForm(taskId))) {
            return new String(form.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    @Transactional(readOnly = true)
    public String taskName(String processKey, String taskKey) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(processKey)
                .latestVersion()
                .singleResult();
        if (definition == null) {
            return taskKey;
        }
        var element = repository.getBpmnModelInstance(definition.getId()).getModelElementById(taskKey);
        return element instanceof org.camunda.bpm.model.bpmn.instance.FlowElement named ? named.getName() : taskKey;
    }

    @Override
    public void moveTimer(String businessKey, String activityId, Instant to) {
        for (String instance : instanceIds(businessKey)) {
            for (Job job : management
                    .createJobQuery()
                    .processInstanceId(instance)
                    .activityId(activityId)
                    .timers()
                    .list()) {
                management.setJobDuedate(job.getId(), Date.from(to));
            }
        }
    }

    @Override
    @Transactional(readOnly = true)
    public List<LiveDiagram> diagrams(String businessKey) {
        Map<String, HistoricProcessInstance> newest = new LinkedHashMap<>();
        history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .orderByProcessInstanceStartTime()
                .asc()
                .list()
                .forEach(instance -> newest.put(instance.getProcessDefinitionKey(), instance));
        return newest.values().stream()
                .sorted(Comparator.comparing(HistoricProcessInstance::getStartTime))
                .map(this::diagram)
                .toList();
    }

    private LiveDiagram diagram(HistoricProcessInstance instance) {
        List<String> active = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (HistoricActivityInstance activity : history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .list()) {
            if (activity.getEndTime() == null) {
                active.add(activity.getActivityId());
            } else {
                done.add(activity.getActivityId());
            }
        }
        done.removeAll(active);
        return new LiveDiagram(
                instance.getProcessDefinitionKey(),
                instance.getProcessDefinitionName(),
                xml(instance.getProcessDefinitionId()),
                List.copyOf(active),
                done.stream().sorted().toList());
    }

    private String xml(String definitionId) {
        try (InputStream in = repository.getProcessModel(definitionId)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> instanceIds(String businessKey) {
        return runtime.createProcessInstanceQuery().processInstanceBusinessKey(businessKey).list().stream()
                .map(ProcessInstance::getId)
                .toList();
    }
}
