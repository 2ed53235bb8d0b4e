package org.manyi.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CamundaDecisions implements Decisions {

    private final DecisionService decisions;
    private final DecisionStore store;

    CamundaDecisions(DecisionService decisions, DecisionStore store) {
        this.decisions = decisions;
        this.store = store;
    }

    @Override
    @Transactional
    public List<Map<String, Object>> evaluate(String decisionKey, Map<String, Object> inputs) {
        return store.definitionInForce(decisionKey)
                .map(definition -> decisions.evaluateDecisionTableById(definition, inputs))
                .orElseGet(() -> decisions.evaluateDecisionTableByKey(decisionKey, inputs))
                .getResultList();
    }
}
