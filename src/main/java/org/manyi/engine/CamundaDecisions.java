package org.manyi.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.DecisionService;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class CamundaDecisions implements Decisions {

    private final DecisionService decisions;

    CamundaDecisions(DecisionService decisions) {
        this.decisions = decisions;
    }

    @Override
    @Transactional
    public List<Map<String, Object>> evaluate(String decisionKey, Map<String, Object> inputs) {
        return decisions.evaluateDecisionTableByKey(decisionKey, inputs).getResultList();
    }
}
