package org.manyi.security.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.manyi.security.CurrentUsers;
import org.manyi.security.DemonstrationAccounts;
import org.manyi.security.FrontDoor;
import org.manyi.shared.ProblemException;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.UnauthorizedException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** The way in and out for people. */
@Controller
class LoginPage {

    private final FrontDoor door;
    private final CurrentUsers users;
    private final DemonstrationAccounts demonstration;
    private final MessageSource messages;

    LoginPage(FrontDoor door, CurrentUsers users, DemonstrationAccounts demonstration, MessageSource messages) {
        this.messages = messages;
        this.door = door;
        this.users = users;
        this.demonstration = demonstration;
    }

    @GetMapping("/login")
    ModelAndView show(@RequestParam(required = false) String next) {
        return users.find().isPresent() ? NextPage.redirect(next) : form(next, "", null);
    }

    @PostMapping("/login")
    ModelAndView login(
            @RequestParam(defaultValue = "") String username,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(required = false) String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return door.enter(username, password, request, response) ? NextPage.redirect(next) : toCode(next);
        } catch (TryLaterException e) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter().toSeconds()));
            return refused(next, username, e);
        } catch (UnauthorizedException e) {
            return refused(next, username, e);
        }
    }

    private static ModelAndView toCode(String next) {
        RedirectView view = new RedirectView("/login/code", true, true, true);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        ModelAndView page = new ModelAndView(view);
        page.addObject("next", NextPage.of(next));
        return page;
    }

    @GetMapping("/login/code")
    ModelAndView showCode(@RequestParam(required = false) String next) {
        return users.find().isPresent() ? NextPage.redirect(next) : codeForm(next, null);
    }

    @PostMapping("/login/code")
    ModelAndView giveCode(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(required = false) String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (users.find().isPresent()) {
            return NextPage.redirect(next);
        }
        try {
            door.giveCode(code, request, response);
            return NextPage.redirect(next);
        } catch (TryLaterException | UnauthorizedException e) {
            if (e instanceof TryLaterException later) {
                response.setHeader(
                        HttpHeaders.RETRY_AFTER,
                        String.valueOf(later.retryAfter().toSeconds()));
            }
            ModelAndView page = codeForm(next, e.messageKey());
            page.setStatus(HttpStatusCode.valueOf(e.status()));
            return page;
        }
    }

    private ModelAndView codeForm(String next, String problemKey) {
        ModelAndView page = new ModelAndView("security/code");
        page.addObject("next", NextPage.of(next));
        if (problemKey != null) {
            page.addObject("codeError", messages.getMessage(problemKey, null, LocaleContextHolder.getLocale()));
        }
        return page;
    }

    @PostMapping("/logout")
    String logout(HttpServletRequest request, HttpServletResponse response) {
        door.leave(request, response);
        return "redirect:/login?logout";
    }

    private ModelAndView refused(String next, String username, ProblemException refusal) {
        ModelAndView page = form(next, username, refusal.messageKey());
        page.setStatus(HttpStatusCode.valueOf(refusal.status()));
        return page;
    }

    private ModelAndView form(String next, String username, String problemKey) {
        ModelAndView page = new ModelAndView("login");
        page.addObject("next", NextPage.of(next));
        page.addObject("username", username);
        if (problemKey != null) {
            page.addObject("loginError", messages.getMessage(problemKey, null, LocaleContextHolder.getLocale()));
        }
        List<DemonstrationAccounts.Shown> accounts = demonstration.shown();
        if (!accounts.isEmpty()) {
            page.addObject("demoAccounts", accounts);
        }
        return page;
    }
}
