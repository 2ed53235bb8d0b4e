package org.manyi.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Sees the application's statements while it is told to: how many, how long the database took, and what they were. What it costs must
 * not be in what is timed: it keeps what it is given and looks at it only when asked, and off it is out of the way altogether.
 */
final class Spy implements BeanPostProcessor, QueryExecutionListener {

    /** Only of a thread that asked for it: the others' would fill the memory. */
    private final ThreadLocal<Seen> seen = new ThreadLocal<>();

    private volatile boolean watching = true;

    private record Statement(List<QueryInfo> queries, long nanos) {}

    /** A statement that writes, with the parameters of each of its rows. */
    record Write(String sql, List<List<ParameterSetOperation>> rows) {}

    /** What this thread's statements came to since {@link Spy#reset}. */
    static final class Seen {
        private final List<Statement> all = new ArrayList<>();

        int statements() {
            return all.size();
        }

        long nanos() {
            return all.stream().mapToLong(Statement::nanos).sum();
        }

        /** What was written, in its order. */
        List<Write> writes() {
            List<Write> writes = new ArrayList<>();
            for (Statement statement : all) {
                for (QueryInfo query : statement.queries()) {
                    if (oneLine(query).matches("(?i)(insert|update|delete) .*")) {
                        writes.add(new Write(query.getQuery(), query.getParametersList()));
                    }
                }
            }
            return writes;
        }

        String texts() {
            StringBuilder texts = new StringBuilder();
            for (Statement statement : all) {
                for (QueryInfo query : statement.queries()) {
                    texts.append("%7.2f ms  %s%n".formatted(statement.nanos() / 1e6, oneLine(query)));
                }
            }
            return texts.toString();
        }

        private static String oneLine(QueryInfo query) {
            return query.getQuery().replaceAll("\\s+", " ").strip();
        }
    }

    /** Looks on from the next connection taken, or does not. */
    void watch(boolean on) {
        watching = on;
    }

    /** Begins to keep what this thread does, anew. */
    void reset() {
        seen.set(new Seen());
    }

    /** What this thread did. */
    Seen seen() {
        return seen.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source ? new Watched(source) : bean;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        execution.addCustomValue("begun", System.nanoTime());
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        long begun = execution.getCustomValue("begun", Long.class);
        Seen mine = seen.get();
        if (mine != null) {
            mine.all.add(new Statement(List.copyOf(queries), System.nanoTime() - begun));
        }
    }

    private final class Watched extends DelegatingDataSource {

        private final DataSource proxied;

        Watched(DataSource source) {
            super(source);
            this.proxied = ProxyDataSourceBuilder.create(source).listener(Spy.this).build();
        }

        @Override
        public Connection getConnection() throws SQLException {
            return watching && seen.get() != null ? proxied.getConnection() : super.getConnection();
        }
    }
}
