package org.manyi.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionSubject.Example;
import org.manyi.engine.DecisionSubject.Tally;
import org.manyi.engine.DecisionTable.Rule;
import org.manyi.engine.DecisionTables.Changed;
import org.manyi.engine.DecisionTables.Preview;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;

/** Tries a table on cases beside the one in force. What looks the same to both is judged once, however many cases it is. */
final class DecisionTrial {

    private static final int PAGE = 50;

    private final DecisionSubject subject;
    private final DecisionTable inForce;
    private final DecisionTable tried;
    private final Map<Map<String, String>, Judgement> judged = new HashMap<>();

    DecisionTrial(DecisionSubject subject, DecisionTable inForce, DecisionTable tried) {
        this.subject = subject;
        this.inForce = inForce;
        this.tried = tried;
    }

    private record Judgement(Rule before, Rule after, List<String> changed) {}

    Preview preview(LocalDate day, int page, CurrentUser reader) {
        Instant since = MovableClock.startOf(day);
        Map<String, Integer> hits = new LinkedHashMap<>();
        tried.rules().forEach(rule -> hits.put(rule.id(), 0));
        Map<String, Integer> changedBy = new LinkedHashMap<>();
        subject.outputs().forEach(column -> changedBy.put(column.name(), 0));
        int checked = 0;
        int changed = 0;
        for (Tally tally : subject.tally(since)) {
            Judgement judgement = judge(tally.inputs());
            checked += tally.count();
            if (judgement.after != null) {
                hits.merge(judgement.after.id(), tally.count(), Integer::sum);
            }
            if (!judgement.changed.isEmpty()) {
                changed += tally.count();
                judgement.changed.forEach(name -> changedBy.merge(name, tally.count(), Integer::sum));
            }
        }
        int skip = Math.multiplyExact(page, PAGE);
        List<Example> examples = changed <= skip
                ? List.of()
                : subject.examples(since, inputs -> !judge(inputs).changed.isEmpty(), skip, PAGE, reader);
        return new Preview(
                day,
                checked,
                changed,
                changedBy,
                hits,
                new DecisionReach(tried, subject.conditions()).covered(),
                examples.stream().map(this::changed).toList(),
                changed > skip + PAGE);
    }

    private Changed changed(Example example) {
        Judgement judgement = judge(example.inputs());
        return new Changed(example, judgement.before, judgement.after);
    }

    private Judgement judge(Map<String, String> inputs) {
        return judged.computeIfAbsent(inputs, given -> {
            Rule before = inForce.decide(given).orElse(null);
            Rule after = tried.decide(given).orElse(null);
            return new Judgement(
                    before,
                    after,
                    subject.outputs().stream()
                            .map(Column::name)
                            .filter(name -> subject.counts(given, name))
                            .filter(name -> !Objects.equals(output(before, name), output(after, name)))
                            .toList());
        });
    }

    private static String output(Rule rule, String name) {
        return rule == null ? null : rule.outputs().get(name);
    }
}
