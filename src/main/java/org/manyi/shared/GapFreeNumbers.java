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
        return take(series, 1);
    }

    /**
     * The next numbers of a series, one after another, in the caller's transaction. Who takes them to give them later keeps a record of
     * them in the same transaction: no number may be lost.
     *
     * @param series as for {@link #next}
     * @param count at least 1
     * @return the last of them
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long take(String series, int count) {
        if (increase(series, count) == 0) {
            insertMissing(series);
            increase(series, count);
        }
        return jdbc.sql("select n from counter where series = :series")
                .param("series", series)
                .query(Long.class)
                .single();
    }

    /**
     * Takes back numbers that were taken and never given, if none was taken since.
     *
     * @param first the first of them, at least 1
     * @param last the last of them
     * @return whether it was so
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean untake(String series, long first, long last) {
        return jdbc.sql("update counter set n = :before where series = :series and n = :last")
                        .param("before", first - 1)
                        .param("series", series)
                        .param("last", last)
                        .update()
                == 1;
    }

    private int increase(String series, int by) {
        return jdbc.sql("update counter set n = n + :by where series = :series")
                .param("by", by)
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
