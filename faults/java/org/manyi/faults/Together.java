package org.manyi.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Several things done in the same moment. */
final class Together {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "together");
        thread.setDaemon(true);
        return thread;
    });

    private Together() {}

    /** Lets all go at once; answers what each answered, in order. */
    @SafeVarargs
    static <T> List<T> run(Supplier<T>... calls) {
        return run(List.of(calls));
    }

    /** Lets all go at once; answers what each answered, in order. */
    static <T> List<T> run(List<Supplier<T>> calls) {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        List<Future<T>> running = new ArrayList<>();
        for (Supplier<T> call : calls) {
            running.add(THREADS.submit(() -> {
                start.await(10, TimeUnit.SECONDS);
                return call.get();
            }));
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : running) {
            try {
                answers.add(one.get());
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return answers;
    }
}
