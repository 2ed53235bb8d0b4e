package org.manyi.org;

import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Which password an imported account starts with. There is no safe channel to hand thousands of people their passwords, so an
 * imported account has none: nobody can log in to it until the security administrator sets one, which must be changed at the
 * first login. Only the demonstration district starts otherwise.
 */
@Component
public class InitialPasswords {

    private final ThreadLocal<String> demonstration = new ThreadLocal<>();

    /**
     * Does work in this thread during which imported accounts are demonstration accounts with a well-known password, exempt from
     * forced change and expiry; never for a request.
     *
     * @param password keeps the rules of E2, never null
     * @return what the work returned
     */
    public <T> T demonstration(String password, Supplier<T> work) {
        demonstration.set(password);
        try {
            return work.get();
        } finally {
            demonstration.remove();
        }
    }

    /** The password for accounts imported now; null for none. */
    String current() {
        return demonstration.get();
    }
}
