package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.manyi.issue.LedgerNumbersGivenBack;
import org.manyi.issue.LedgerNumbersSetAside;
import org.manyi.shared.ConflictException;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives issues their numbers, without gaps. A long import has its numbers set aside before, so that whoever raises an issue meanwhile
 * does not wait for it; what it leaves is given to the issues that are raised next.
 */
@Component
class IssueNumbers {

    private static final String SERIES = "issue-";
    private static final String COLUMNS = "select batch_id, series, next_n, last_n, given_back from issue_number_block";

    private final GapFreeNumbers numbers;
    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    IssueNumbers(GapFreeNumbers numbers, JdbcClient jdbc, MovableClock clock, ApplicationEventPublisher events) {
        this.numbers = numbers;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /** Numbers that were taken from the counter and are not given yet. */
    private record Block(String batchId, String series, long next, long last, boolean givenBack) {}

    /** The next number of this year, in the caller's transaction; whoever asks for one after this waits for it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public String next() {
        String series = series();
        Optional<Block> left = jdbc.sql(COLUMNS + " where series = :series and given_back = true"
                        + " order by next_n fetch first 1 rows only for update")
                .param("series", series)
                .query(IssueNumbers::block)
                .optional();
        if (left.isEmpty()) {
            return number(series, numbers.next(series));
        }
        keepFrom(left.get(), left.get().next() + 1);
        return number(series, left.get().next());
    }

    /** Takes the next numbers of this year for a batch, which gives them while {@link #of} lasts. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void setAside(int count, String username, String batchId) {
        String series = series();
        long last = numbers.take(series, count);
        long first = last - count + 1;
        jdbc.sql("""
                        insert into issue_number_block (batch_id, series, next_n, last_n, given_back, set_aside_at)
                        values (:batch, :series, :first, :last, false, :at)
                        """)
                .param("batch", batchId)
                .param("series", series)
                .param("first", first)
                .param("last", last)
                .param("at", Columns.timestamp(clock.instant()))
                .update();
        events.publishEvent(new LedgerNumbersSetAside(clock.instant(), username, batchId, series, first, last));
    }

    /**
     * The numbers of a batch, in the transaction that writes its rows; those of the counter where none were set aside.
     *
     * @throws ConflictException when they were given back meanwhile
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Supply of(String batchId) {
        Optional<Block> block = jdbc.sql(COLUMNS + " where batch_id = :batch for update")
                .param("batch", batchId)
                .query(IssueNumbers::block)
                .optional();
        if (block.filter(Block::givenBack).isPresent()) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return new Supply(block.orElse(null));
    }

    /** The numbers of one batch, in their order. */
    final class Supply {

        private final Block block;
        private long next;

        private Supply(Block block) {
            this.block = block;
            this.next = block == null ? 0 : block.next();
        }

        String next() {
            if (block == null || next > block.last()) {
                return IssueNumbers.this.next();
            }
            return number(block.series(), next++);
        }

        /** Nothing more is asked for: what is left is free. */
        void end() {
            if (block != null) {
                release(block, next);
            }
        }
    }

    /** Gives back what was set aside for a batch that was not written; what was set aside for none says nothing. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveBack(String batchId) {
        jdbc.sql(COLUMNS + " where batch_id = :batch and given_back = false for update")
                .param("batch", batchId)
                .query(IssueNumbers::block)
                .optional()
                .ifPresent(block -> release(block, block.next()));
    }

    /**
     * Gives back what was set aside for imports that ended without anybody's giving it back: their node is gone. One that still writes
     * holds its row.
     */
    @Scheduled(fixedDelayString = "${manyi.issue.numbers-renewal:PT1M}")
    @Transactional
    public void giveBackAbandoned() {
        List<Block> abandoned =
                jdbc.sql(COLUMNS + """
                         b where b.given_back = false and not exists (
                            select 1 from import_batch i where cast(i.id as varchar(36)) = b.batch_id and i.status = 'RUNNING')
                         for update skip locked
                        """).query(IssueNumbers::block).list();
        abandoned.forEach(block -> release(block, block.next()));
    }

    private void release(Block block, long from) {
        if (from > block.last() || numbers.untake(block.series(), from, block.last())) {
            delete(block);
        } else {
            jdbc.sql("update issue_number_block set next_n = :next, given_back = true where batch_id = :batch")
                    .param("next", from)
                    .param("batch", block.batchId())
                    .update();
        }
        if (from <= block.last()) {
            events.publishEvent(
                    new LedgerNumbersGivenBack(clock.instant(), block.batchId(), block.series(), from, block.last()));
        }
    }

    private void keepFrom(Block block, long next) {
        if (next > block.last()) {
            delete(block);
        } else {
            jdbc.sql("update issue_number_block set next_n = :next where batch_id = :batch")
                    .param("next", next)
                    .param("batch", block.batchId())
                    .update();
        }
    }

    private void delete(Block block) {
        jdbc.sql("delete from issue_number_block where batch_id = :batch")
                .param("batch", block.batchId())
                .update();
    }

    private String series() {
        return SERIES + clock.today().getYear();
    }

    private static String number(String series, long n) {
        return "%s-WT-%05d".formatted(series.substring(SERIES.length()), n);
    }

    private static Block block(ResultSet row, int n) throws SQLException {
        return new Block(
                row.getString("batch_id"),
                row.getString("series"),
                row.getLong("next_n"),
                row.getLong("last_n"),
                row.getBoolean("given_back"));
    }
}
