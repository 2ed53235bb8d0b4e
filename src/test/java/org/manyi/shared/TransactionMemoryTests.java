package org.manyi.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class TransactionMemoryTests {

    private final AtomicInteger lookups = new AtomicInteger();
    private final TransactionMemory<String, Integer> memory = new TransactionMemory<>();
    private final TransactionTemplate transaction = transaction(TransactionDefinition.PROPAGATION_REQUIRED);
    private final TransactionTemplate own = transaction(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

    private static final JdbcTransactionManager MANAGER = new JdbcTransactionManager(database());

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:memory");
        return database;
    }

    private static TransactionTemplate transaction(int propagation) {
        TransactionTemplate template = new TransactionTemplate(MANAGER);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private int ask() {
        return memory.get("a", key -> lookups.incrementAndGet());
    }

    @Test
    void aTransactionLooksUpOnceAndTheNextOneAnew() {
        transaction.executeWithoutResult(status -> assertThat(ask()).isEqualTo(ask()));
        assertThat(lookups).hasValue(1);

        transaction.executeWithoutResult(status -> assertThat(ask()).isEqualTo(2));
        assertThat(ask()).as("outside of any transaction").isEqualTo(3);
        assertThat(ask()).isEqualTo(4);
    }

    @Test
    void whatIsForgottenIsLookedUpAgain() {
        transaction.executeWithoutResult(status -> {
            ask();
            memory.forget("a");
            assertThat(ask()).isEqualTo(2);
        });
    }

    @Test
    void aTransactionInsideOfAnotherHasItsOwn() {
        transaction.executeWithoutResult(status -> {
            assertThat(ask()).isEqualTo(1);
            own.executeWithoutResult(inner -> assertThat(ask()).isEqualTo(2));
            assertThat(ask()).as("back in the outer one").isEqualTo(1);
        });
    }

    @Test
    void whatFailsIsNotKept() {
        transaction.executeWithoutResult(status -> {
            assertThatThrownBy(() -> memory.get("a", key -> {
                        throw new NotFoundException();
                    }))
                    .isInstanceOf(NotFoundException.class);
            assertThat(ask()).isEqualTo(1);
        });
    }

    @Test
    void aTransactionThatIsTakenBackTakesItAlong() {
        transaction.executeWithoutResult(status -> {
            ask();
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> assertThat(ask()).isEqualTo(2));
    }
}
