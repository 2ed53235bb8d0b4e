package org.manyi.engine;

import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Refuses to deploy a diagram with a script task: code lives in Java, where it is reviewed and tested. */
class NoScripts extends AbstractBpmnParseListener {

    @Override
    public void parseScriptTask(Element scriptTask, ScopeImpl scope, ActivityImpl activity) {
        throw new ProcessEngineException("Script tasks are not allowed: " + activity.getId());
    }
}
