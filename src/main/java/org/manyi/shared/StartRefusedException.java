package org.manyi.shared;

/** This node must not take part in the work; the program ends and says why, without a stack trace. */
public final class StartRefusedException extends RuntimeException {

    private final String remedy;

    /**
     * Refuses the start.
     *
     * @param message what is wrong, in words for the system administrator, never null
     * @param remedy what to do about it, never null
     */
    public StartRefusedException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
