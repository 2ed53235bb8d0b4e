package org.manyi.shared.web;

import jakarta.servlet.http.HttpServletResponse;
import org.manyi.shared.ProblemException;
import org.springframework.ui.Model;

/** Refusals on the page of the form that was refused. */
public final class Refusals {

    private Refusals() {}

    /**
     * Answers with the refusal's status and puts what it says into the model as {@code errors}, which the pages' fields read; the caller
     * shows the page again.
     *
     * @param field where the page says what the refusal says of no field, never null
     */
    public static void show(ProblemException refusal, String field, Model model, HttpServletResponse response) {
        response.setStatus(refusal.status());
        model.addAttribute("errors", refusal.fieldsOr(field));
    }
}
