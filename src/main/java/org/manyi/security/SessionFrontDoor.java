package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.UnauthorizedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.stereotype.Service;

@Service
class SessionFrontDoor implements FrontDoor {

    private final Logins logins;
    private final SessionLogins sessions;
    private final KnownDevices devices;
    private final ApiTokens tokens;
    private final AccountStore accounts;
    private final CookieCsrfTokenRepository csrfTokens;
    private final CurrentUsers users;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;

    SessionFrontDoor(
            Logins logins,
            SessionLogins sessions,
            KnownDevices devices,
            ApiTokens tokens,
            AccountStore accounts,
            CookieCsrfTokenRepository csrfTokens,
            CurrentUsers users,
            ApplicationEventPublisher events,
            MovableClock clock) {
        this.logins = logins;
        this.sessions = sessions;
        this.devices = devices;
        this.tokens = tokens;
        this.accounts = accounts;
        this.csrfTokens = csrfTokens;
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public boolean enter(String username, String password, HttpServletRequest request, HttpServletResponse response) {
        String device = devices.find(request, Usernames.normalise(username));
        Login login = logins.login(username, password, null, request.getRemoteAddr(), device, Logins.Door.PAGE);
        begin(login, request, response);
        return login.isComplete();
    }

    @Override
    public void giveCode(String code, HttpServletRequest request, HttpServletResponse response) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof ManyiAuthentication somebody)
                || somebody.login().isComplete()) {
            throw new UnauthorizedException("shared.problem.unauthorized");
        }
        String device = devices.find(request, somebody.getName());
        begin(logins.complete(somebody.login(), code, request.getRemoteAddr(), device), request, response);
    }

    private void begin(Login login, HttpServletRequest request, HttpServletResponse response) {
        sessions.begin(request, login);
        if (login.isComplete()) {
            devices.remember(response, login.user().username());
        }
        csrfTokens.saveToken(null, request, response);
    }

    @Override
    public void reenter(HttpServletRequest request, HttpServletResponse response) {
        AccountRow account = accounts.find(users.require().username()).orElseThrow(NotFoundException::new);
        sessions.begin(request, logins.renew(account, account.epoch(), Logins.Door.PAGE, true));
        csrfTokens.saveToken(null, request, response);
    }

    @Override
    public void leave(HttpServletRequest request, HttpServletResponse response) {
        noteLeaving("page");
        sessions.end(request);
        // Pages are in no cache; whoever sits down at the same machine does not find what was typed into them either.
        response.setHeader("Clear-Site-Data", "\"storage\"");
        csrfTokens.saveToken(null, request, response);
    }

    @Override
    public Token issueToken(String username, String password, String code, HttpServletRequest request) {
        Login login = logins.login(username, password, code, request.getRemoteAddr(), null, Logins.Door.TOKEN);
        if (login.due() == Login.Due.PASSWORD) {
            throw ForbiddenException.passwordDue();
        }
        if (login.due() == Login.Due.ENROLMENT) {
            throw ForbiddenException.secondFactorDue();
        }
        ApiTokens.Issued issued = tokens.issue(login);
        return new Token(issued.token(), issued.expiresAt());
    }

    @Override
    public void takeBackToken(HttpServletRequest request) {
        String token = BearerFilter.tokenOf(request);
        if (token == null) {
            throw new NotFoundException();
        }
        tokens.revoke(token);
        noteLeaving("token");
    }

    private void noteLeaving(String door) {
        users.find()
                .map(CurrentUser::username)
                .ifPresent(username -> events.publishEvent(new SecurityEvent(
                        SecurityEvent.Kind.LOGGED_OUT, clock.instant(), username, username, Map.of("door", door))));
    }
}
