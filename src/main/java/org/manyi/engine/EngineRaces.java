package org.manyi.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.ProblemException;

/** Turns what a lost race looks like in the engine into the conflict that a person can understand. */
final class EngineRaces {

    private EngineRaces() {}

    static void guard(Runnable call) {
        guard(() -> {
            call.run();
            return null;
        });
    }

    static <T> T guard(Supplier<T> call) {
        try {
            return call.get();
        } catch (OptimisticLockingException
                | NullValueException
                | BadUserRequestException
                | MismatchingMessageCorrelationException e) {
            throw ConflictException.of(Reason.NOT_ACTIVE);
        } catch (ProcessEngineException e) {
            // Rooms called from inside the engine refuse with a problem of their own; the engine wraps it.
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof ProblemException problem) {
                    throw problem;
                }
            }
            throw e;
        }
    }
}
