package org.manyi.shared;

/** What was asked for does not exist, or is not the asker's to see: both answer 404, so that nobody learns which. */
public final class NotFoundException extends ProblemException {

    /** Unknown or invisible; the text names no object. */
    public NotFoundException() {
        super(404, "not-found", "shared.problem.notFound");
    }
}
