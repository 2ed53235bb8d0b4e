package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.manyi.shared.MovableClock;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.stereotype.Component;

/**
 * Keeps in the session no more than who came in, when, and at which epoch of the account; everything else is read anew at each
 * request. So a closed account, a changed role or password is felt at once on every node, and no class of ours is ever serialised.
 */
@Component
class SessionLogins implements SecurityContextRepository {

    private static final String USERNAME = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
    private static final String EPOCH = "manyi.epoch";
    private static final String SINCE = "manyi.since";
    private static final String COMPLETE = "manyi.complete";

    /** How long the question for the code stands. */
    private static final Duration HALF_WAY = Duration.ofMinutes(10);

    private final AccountStore accounts;
    private final Logins logins;
    private final SecuritySettings settings;
    private final Clock clock;

    SessionLogins(AccountStore accounts, Logins logins, SecuritySettings settings, MovableClock clock) {
        this.accounts = accounts;
        this.logins = logins;
        this.settings = settings;
        this.clock = clock.system();
    }

    /** Begins a session: a new one, so that an id planted before the login is worth nothing. */
    void begin(HttpServletRequest request, Login login) {
        end(request);
        HttpSession session = request.getSession(true);
        session.setAttribute(USERNAME, login.user().username());
        session.setAttribute(EPOCH, login.epoch());
        session.setAttribute(SINCE, clock.instant().toEpochMilli());
        session.setAttribute(COMPLETE, login.isComplete());
    }

    /** Ends the session on the server. */
    void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Whether somebody's session is behind the request; its requests need a CSRF token. */
    boolean isBehind(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(USERNAME) != null;
    }

    private Login find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(USERNAME) instanceof String username)
                || !(session.getAttribute(EPOCH) instanceof Integer epoch)
                || !(session.getAttribute(SINCE) instanceof Long since)) {
            return null;
        }
        boolean complete = Boolean.TRUE.equals(session.getAttribute(COMPLETE));
        Duration maxAge = complete ? settings.sessionMaxAge() : HALF_WAY;
        Login login = Instant.ofEpochMilli(since).plus(maxAge).isBefore(clock.instant())
                ? null
                : accounts.find(username)
                        .map(account -> logins.renew(account, epoch, Logins.Door.PAGE, complete))
                        .orElse(null);
        if (login == null) {
            session.invalidate();
        }
        return login;
    }

    private SecurityContext context(HttpServletRequest request) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        Login login = find(request);
        if (login != null) {
            context.setAuthentication(new ManyiAuthentication(login));
        }
        return context;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new DeferredSecurityContext() {

            private SecurityContext loaded;

            @Override
            public SecurityContext get() {
                if (loaded == null) {
                    loaded = context(request);
                }
                return loaded;
            }

            @Override
            public boolean isGenerated() {
                return get().getAuthentication() == null;
            }
        };
    }

    @Override
    @SuppressWarnings("deprecation")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    /** Nothing to save: a session begins by {@link #begin} only. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Authentication authentication = context.getAuthentication();
        if (authentication instanceof ManyiAuthentication || authentication == null) {
            return;
        }
        throw new IllegalStateException("Only Manyi's own logins are known");
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return isBehind(request);
    }
}
