package org.manyi.shared;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the present transaction has looked up already, so that it asks the database once. Gone with the transaction; one that is begun
 * inside of another has its own. Outside of any transaction nothing is kept. For values that only the transaction itself could change,
 * whose writer then calls {@link #forget}.
 *
 * @param <K> what it is looked up by
 * @param <V> what is found
 */
public final class TransactionMemory<K, V> {

    /**
     * The value, looked up at the first question.
     *
     * @param key never null
     * @param lookup what answers; never answers null; what it throws is thrown and not kept
     */
    public V get(K key, Function<K, V> lookup) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return lookup.apply(key);
        }
        Map<K, V> known = known();
        V value = known.get(key);
        if (value == null) {
            value = lookup.apply(key);
            known.put(key, value);
        }
        return value;
    }

    /** Has the next question ask the database. */
    public void forget(K key) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            known().remove(key);
        }
    }

    /** Has every further question ask the database. */
    public void forgetAll() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            known().clear();
        }
    }

    @SuppressWarnings("unchecked")
    private Map<K, V> known() {
        Map<K, V> known = (Map<K, V>) TransactionSynchronizationManager.getResource(this);
        if (known == null) {
            known = new HashMap<>();
            TransactionSynchronizationManager.bindResource(this, known);
            TransactionSynchronizationManager.registerSynchronization(new End(known));
        }
        return known;
    }

    private final class End implements TransactionSynchronization {

        private final Map<K, V> known;

        End(Map<K, V> known) {
            this.known = known;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionMemory.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(TransactionMemory.this, known);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionMemory.this);
        }
    }
}
