package org.manyi.shared;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Numbers without gaps: the counter's row is locked until the transaction ends, so a rolled-back number is given again.
 * Check everything first and take the number last, for whoever waits for it waits for the whole transaction.
 */
@Component
public class GapFreeNumbers {

    private final JdbcClient jdbc;
    private final TransactionTemplate separately;

    GapFreeNumbers(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.separately = new TransactionTemplate(transactions);
        this.separately.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * The next number of a series, in the caller's transaction.
     *
     * @param series such as {@code issue-2026}, at most 64 characters, never null
     * @return 1 for the first
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long next(String series) {
        if (increment(series) == 0) {
            insertMissing(series);
            increment(series);
        }
        return jdbc.sql("select n from counter where series = :series")
                .param("series", series)
                .query(Long.class)
                .single();
    }

    private int increment(String series) {
        return jdbc.sql("update counter set n = n + 1 where series = :series")
                .param("series", series)
                .update();
    }

    private void insertMissing(String series) {
        try {
            separately.executeWithoutResult(status -> jdbc.sql("insert into counter (series, n) values (:series, 0)")
                    .param("series", series)
                    .update());
        } catch (DuplicateKeyException e) {
            // Another thread inserted it first, which is as good.
        }
    }
}
