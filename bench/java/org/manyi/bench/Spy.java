package org.manyi.bench;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Sees every statement of the application: how many, how long the database took, and what they were. */
final class Spy implements BeanPostProcessor, QueryExecutionListener {

    private final ThreadLocal<Seen> seen = ThreadLocal.withInitial(Seen::new);

    /** A statement that writes, with the parameters of each of its rows. */
    record Write(String sql, List<List<ParameterSetOperation>> rows) {}

    /** What this thread's statements came to since {@link Spy#reset}. */
    static final class Seen {
        private int statements;
        private long nanos;
        private final StringBuilder texts = new StringBuilder();
        private final List<Write> writes = new ArrayList<>();

        int statements() {
            return statements;
        }

        long nanos() {
            return nanos;
        }

        /** What was written, in its order. */
        List<Write> writes() {
            return writes;
        }

        String texts() {
            return texts.toString();
        }
    }

    /** Forgets what this thread did. */
    void reset() {
        seen.remove();
    }

    /** What this thread did. */
    Seen seen() {
        return seen.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source
                ? ProxyDataSourceBuilder.create(source).listener(this).build()
                : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        execution.addCustomValue("begun", System.nanoTime());
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        Seen mine = seen.get();
        long begun = execution.getCustomValue("begun", Long.class);
        mine.nanos += System.nanoTime() - begun;
        mine.statements++;
        for (QueryInfo query : queries) {
            String sql = query.getQuery().replaceAll("\\s+", " ").strip();
            if (sql.matches("(?i)(insert|update|delete) .*")) {
                mine.writes.add(new Write(query.getQuery(), query.getParametersList()));
            }
            mine.texts
                    .append("%7.2f ms  %s%n".formatted((System.nanoTime() - begun) / 1e6, sql));
        }
    }
}
