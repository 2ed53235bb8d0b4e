package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;

/** Decides by the written policy whether a request may pass, and why not. */
@Component
class AccessDecision implements AuthorizationManager<RequestAuthorizationContext> {

    private final AccessPolicy policy;

    AccessDecision(AccessPolicy policy) {
        this.policy = policy;
    }

    /** Why a request may not pass. */
    enum Refusal {
        /** There is no such place. */
        UNKNOWN,
        /** The place takes other methods. */
        METHOD,
        /** Nobody is logged in. */
        ANONYMOUS,
        /** The place is for others. */
        ROLE,
        /** Something has to be done first: {@link Login.Due}. */
        DUE
    }

    /**
     * The verdict.
     *
     * @param refusal null when granted
     */
    record Verdict(Refusal refusal) implements AuthorizationResult {

        static final String ATTRIBUTE = Verdict.class.getName();

        @Override
        public boolean isGranted() {
            return refusal == null;
        }
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        Verdict verdict = new Verdict(refusal(request, authentication));
        request.setAttribute(Verdict.ATTRIBUTE, verdict);
        return verdict;
    }

    private Refusal refusal(HttpServletRequest request, Supplier<? extends Authentication> authentication) {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        Optional<AccessPolicy.Line> line = policy.find(request.getMethod(), path);
        if (line.isPresent() && isOpen(line.get(), request)) {
            return null;
        }
        if (!(authentication.get() instanceof ManyiAuthentication somebody)) {
            return Refusal.ANONYMOUS;
        }
        if (!somebody.login().due().opens(path.value())) {
            return Refusal.DUE;
        }
        if (line.isEmpty()) {
            return policy.methods(path).isEmpty() ? Refusal.UNKNOWN : Refusal.METHOD;
        }
        if (line.get().has(AccessPolicy.Group.NOBODY)) {
            return Refusal.UNKNOWN;
        }
        return line.get().admits(somebody.login().user().roles()) ? null : Refusal.ROLE;
    }

    private static boolean isOpen(AccessPolicy.Line line, HttpServletRequest request) {
        return line.has(AccessPolicy.Group.PUBLIC)
                || line.has(AccessPolicy.Group.LOOPBACK) && isLoopback(request.getRemoteAddr());
    }

    private static boolean isLoopback(String address) {
        try {
            // An address in numbers is never looked up.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
