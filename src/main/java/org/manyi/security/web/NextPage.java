package org.manyi.security.web;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** Where somebody goes after the login: only to a page of this system. */
final class NextPage {

    private static final String HOME = "/";

    private NextPage() {}

    /** The path asked for where it is one of ours, else the start page; never null. */
    static String of(String asked) {
        boolean ours = asked != null
                && asked.length() > 1
                && asked.length() <= 500
                && asked.charAt(0) == '/'
                && asked.charAt(1) != '/'
                && asked.chars().noneMatch(c -> c < ' ' || c == '\\')
                && !asked.startsWith("/login")
                && !asked.startsWith("/logout")
                && !asked.startsWith("/api/");
        return ours ? asked : HOME;
    }

    /** Sends the browser there. */
    static ModelAndView redirect(String asked) {
        RedirectView view = new RedirectView(of(asked), true, true, false);
        // The path is the browser's own and may hold braces.
        view.setExpandUriTemplateVariables(false);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        return new ModelAndView(view);
    }
}
