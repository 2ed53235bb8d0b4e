package org.manyi.security;

import java.util.Objects;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** A login as Spring Security carries it; made anew for every request, never stored. */
final class ManyiAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Login login;

    ManyiAuthentication(Login login) {
        super(AuthorityUtils.createAuthorityList(
                login.user().roles().stream().map(role -> "ROLE_" + role.name()).toList()));
        this.login = login;
        setAuthenticated(true);
    }

    Login login() {
        return login;
    }

    @Override
    public CurrentUser getPrincipal() {
        return login.user();
    }

    @Override
    public Object getCredentials() {
        return null;
    }

    @Override
    public String getName() {
        return login.user().username();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManyiAuthentication that && login.equals(that.login);
    }

    @Override
    public int hashCode() {
        return Objects.hash(login);
    }
}
