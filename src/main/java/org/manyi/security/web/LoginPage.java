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
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

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
            door.enter(username, password, request, response);
            return NextPage.redirect(next);
        } catch (TryLaterException e) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(e.retryAfter().toSeconds()));
            return refused(next, username, e);
        } catch (UnauthorizedException e) {
            return refused(next, username, e);
        }
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
