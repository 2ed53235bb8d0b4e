package org.manyi.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells the other rooms of every user task that arises or ends, inside the engine's transaction. Built-in listeners, because
 * ordinary ones are left out when an instance is deleted with {@code skipCustomListeners}, and the read model would keep orphans.
 */
class TaskNews extends AbstractBpmnParseListener {

    private final ApplicationEventPublisher events;

    TaskNews(ApplicationEventPublisher events) {
        this.events = events;
    }

    @Override
    public void parseUserTask(Element userTask, ScopeImpl scope, ActivityImpl activity) {
        TaskDefinition definition = ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_CREATE, this::created);
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_COMPLETE, task -> ended(task, true));
        definition.addBuiltInTaskListener(TaskListener.EVENTNAME_DELETE, task -> ended(task, false));
    }

    private void created(DelegateTask task) {
        ProcessDefinitionEntity definition = ((TaskEntity) task).getProcessDefinition();
        events.publishEvent(new EngineTaskCreated(
                task.getId(),
                task.getTaskDefinitionKey(),
                definition.getKey(),
                task.getExecution().getProcessBusinessKey(),
                task.getProcessInstanceId()));
    }

    private void ended(DelegateTask task, boolean completed) {
        events.publishEvent(
                new EngineTaskEnded(task.getId(), task.getExecution().getProcessBusinessKey(), completed));
    }
}
