package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.bastiaanjansen.otp.TOTPGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.UnauthorizedException;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;

class SecondFactorTests {

    private static final String RIGHT = "Right-horse-7";
    private static final String HERE = "10.0.0.7";

    private SecurityFixture fixture;
    private Logins logins;
    private SecondFactor own;
    private AccountAdministration administration;

    @BeforeEach
    void open() {
        fixture = new SecurityFixture();
        logins = fixture.get(Logins.class);
        own = fixture.get(SecondFactor.class);
        administration = fixture.get(AccountAdministration.class);
        administrator("system", Role.SYSADMIN);
        administrator("boss", Role.SECADMIN);
        administrator("audit", Role.AUDITOR);
        fixture.person("wang", RIGHT);
        fixture.events.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void administrator(String username, Role role) {
        fixture.get(StoredAccounts.class)
                .create(
                        List.of(new Accounts.NewAccount(username, "管理员", null, null, role, RIGHT, false)),
                        PasswordState.OWN);
    }

    private <T> T as(String username, Supplier<T> work) {
        return fixture.get(CurrentUsers.class).runAs(username, work);
    }

    private record Phone(String secret, List<String> recoveryCodes) {}

    private Phone enrol(String username) {
        return as(username, () -> {
            SecondFactor.Offer offer = own.offer();
            return new Phone(offer.secret(), own.enrol(offer.sealed(), RIGHT, code(offer.secret())));
        });
    }

    /** What the phone shows now. */
    private String code(String secret) {
        return TOTPGenerator.withDefaultValues(secret.getBytes(StandardCharsets.US_ASCII))
                .at(fixture.hands.instant());
    }

    private void laterByOneCode() {
        fixture.hands.move(Duration.ofSeconds(30));
    }

    private Login half(String username) {
        return logins.login(username, RIGHT, null, HERE, null, Logins.Door.PAGE);
    }

    private Login token(String username, String code) {
        return logins.login(username, RIGHT, code, HERE, null, Logins.Door.TOKEN);
    }

    @Test
    void theCodesAreThoseOfTheStandard() {
        // RFC 6238, appendix B: 59 s after the epoch the eight digits are 94287082, of which a phone shows the last
        // six.
        TOTPGenerator phone =
                TOTPGenerator.withDefaultValues("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".getBytes(StandardCharsets.US_ASCII));

        assertThat(phone.at(59)).isEqualTo("287082");
        assertThat(SecondFactors.address("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "wang"))
                .startsWith("otpauth://totp/Manyi:wang?")
                .contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "issuer=Manyi", "digits=6", "period=30");
    }

    @Test
    void administratorsMustSetItUpAndOthersMay() {
        assertThat(half("boss").due()).isEqualTo(Login.Due.ENROLMENT);
        assertThat(half("system").due()).isEqualTo(Login.Due.ENROLMENT);
        assertThat(half("audit").due()).isEqualTo(Login.Due.ENROLMENT);
        assertThat(half("wang").due()).isEqualTo(Login.Due.NOTHING);
        assertThat(token("boss", null).due()).isEqualTo(Login.Due.ENROLMENT);

        enrol("boss");
        enrol("wang");

        assertThat(half("boss").due()).isEqualTo(Login.Due.CODE);
        assertThat(half("wang").due()).isEqualTo(Login.Due.CODE);
    }

    @Test
    void theInstallersPasswordServesProgramsBeforeAnybodyHasAPhone() {
        fixture.get(StoredAccounts.class)
                .create(
                        List.of(new Accounts.NewAccount("first", "系统", null, null, Role.SYSADMIN, RIGHT, false)),
                        PasswordState.INITIAL);

        assertThat(token("first", null).due()).isEqualTo(Login.Due.NOTHING);
        assertThat(half("first").due()).isEqualTo(Login.Due.PASSWORD);
    }

    @Test
    void theDemonstrationsSharedAccountsCannotBeTiedToOnePhone() {
        fixture.get(StoredAccounts.class)
                .create(List.of(new Accounts.NewAccount("demo", "系统", null, null, Role.SYSADMIN, RIGHT, true)));

        assertThat(half("demo").due()).isEqualTo(Login.Due.NOTHING);
        assertThatThrownBy(() -> as("demo", own::offer)).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aCodeOpensOnceOnly() {
        Phone phone = enrol("wang");
        assertThatThrownBy(() -> token("wang", code(phone.secret()))).isInstanceOf(UnauthorizedException.class);
        laterByOneCode();

        String code = code(phone.secret());
        assertThat(token("wang", code).due()).isEqualTo(Login.Due.NOTHING);
        assertThatThrownBy(() -> token("wang", code)).isInstanceOf(UnauthorizedException.class);
        assertThatThrownBy(() -> logins.complete(half("wang"), code, HERE, null))
                .isInstanceOf(UnauthorizedException.class);
        laterByOneCode();
        assertThat(logins.complete(half("wang"), code(phone.secret()), HERE, null)
                        .due())
                .isEqualTo(Login.Due.NOTHING);
    }

    @Test
    void aPhoneHalfAMinuteOffIsForgivenAndOneTwoMinutesOffIsNot() {
        Phone phone = enrol("wang");
        fixture.hands.move(Duration.ofMinutes(10));
        String now = code(phone.secret());
        laterByOneCode();
        assertThat(token("wang", now).due()).isEqualTo(Login.Due.NOTHING);

        String old = code(phone.secret());
        fixture.hands.move(Duration.ofMinutes(2));
        assertThatThrownBy(() -> token("wang", old)).isInstanceOf(UnauthorizedException.class);
    }

    @Test
    void anInputMethodsFullWidthDigitsAndBlanksAreNoMistake() {
        Phone phone = enrol("wang");
        laterByOneCode();
        String code = code(phone.secret());
        StringBuilder wide = new StringBuilder();
        code.chars().forEach(digit -> wide.append((char) (digit - '0' + '０')));

        assertThat(token("wang", wide.insert(3, ' ').toString()).due()).isEqualTo(Login.Due.NOTHING);
    }

    @Test
    void aRecoveryCodeStandsInOnceAndNewOnesVoidTheFormer() {
        Phone phone = enrol("wang");
        String first = phone.recoveryCodes().get(0);
        assertThat(phone.recoveryCodes()).hasSize(10).doesNotHaveDuplicates();

        assertThat(token("wang", first.toLowerCase()).due()).isEqualTo(Login.Due.NOTHING);
        assertThatThrownBy(() -> token("wang", first)).isInstanceOf(UnauthorizedException.class);
        assertThat(as("wang", own::state).recoveryCodesLeft()).isEqualTo(9);
        laterByOneCode();
        List<String> fresh = as("wang", () -> own.renewRecoveryCodes(code(phone.secret())));

        assertThatThrownBy(() -> token("wang", phone.recoveryCodes().get(1))).isInstanceOf(UnauthorizedException.class);
        assertThat(token("wang", fresh.get(1)).due()).isEqualTo(Login.Due.NOTHING);
    }

    @Test
    void whoKnowsThePasswordHasFiveTriesForTheCode() {
        Phone phone = enrol("wang");
        laterByOneCode();
        for (int i = 0; i < 5; i++) {
            // The right password in between gives no new tries.
            Login half = half("wang");
            assertThatThrownBy(() -> logins.complete(half, "000000", HERE, null))
                    .isInstanceOf(UnauthorizedException.class);
        }

        assertThatThrownBy(() -> token("wang", code(phone.secret()))).isInstanceOf(UnauthorizedException.class);
        assertThat(fixture.eventNames()).contains("AccountLocked");
        assertThat(logins.login("wang", RIGHT, code(phone.secret()), HERE, "laptop", Logins.Door.TOKEN)
                        .due())
                .isEqualTo(Login.Due.NOTHING);
    }

    @Test
    void aMissingCodeIsNoFailureAndIsToldApartFromAWrongPassword() {
        enrol("wang");
        fixture.events.clear();

        ProblemException missing = (ProblemException) catchThrowable(() -> token("wang", null));
        ProblemException wrong = (ProblemException)
                catchThrowable(() -> logins.login("wang", "Wrong-horse-7", "123456", HERE, null, Logins.Door.TOKEN));

        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.code()).isEqualTo("second-factor-required");
        assertThat(wrong.code()).isEqualTo("unauthorized");
        assertThat(fixture.eventNames()).containsExactly("LoginFailed");
    }

    @Test
    void settingItUpNeedsThePasswordTheCodeAndAFreshOfferOfOnesOwn() {
        as("wang", () -> {
            SecondFactor.Offer offer = own.offer();
            String code = code(offer.secret());
            assertThatThrownBy(() -> own.enrol(offer.sealed(), "Wrong-horse-7", code))
                    .isInstanceOf(ValidationException.class);
            assertThatThrownBy(() -> own.enrol(offer.sealed(), RIGHT, "000000"))
                    .isInstanceOf(ValidationException.class);
            assertThatThrownBy(() -> own.enrol("1:forged", RIGHT, code)).isInstanceOf(ValidationException.class);
            assertThat(own.offerAgain(offer.sealed()).secret()).isEqualTo(offer.secret());
            return null;
        });
        SecondFactor.Offer others = as("boss", own::offer);
        as("wang", () -> {
            assertThatThrownBy(() -> own.enrol(others.sealed(), RIGHT, code(others.secret())))
                    .isInstanceOf(ValidationException.class);
            return null;
        });
        assertThat(as("wang", own::state).enrolled()).isFalse();
    }

    @Test
    void theSecretIsKeptEncryptedAndWorthNothingInAnotherAccount() {
        Phone phone = enrol("wang");
        enrol("boss");
        JdbcClient jdbc = fixture.get(JdbcClient.class);
        List<String> kept = jdbc.sql(
                        "select secret from second_factor union all select code_hash from second_factor_recovery")
                .query(String.class)
                .list();

        assertThat(kept.toString()).doesNotContain(phone.secret());
        phone.recoveryCodes().forEach(code -> assertThat(kept.toString()).doesNotContain(code));
        jdbc.sql("""
                update second_factor set secret = (select s.secret from second_factor s where s.username = 'wang')
                where username = 'boss'
                """).update();
        laterByOneCode();
        assertThatThrownBy(() -> token("boss", code(phone.secret()))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void settingItUpAndTakingItAwayEndsTokens() {
        ApiTokens tokens = fixture.get(ApiTokens.class);
        String before = tokens.issue(token("wang", null)).token();
        Phone phone = enrol("wang");
        assertThat(tokens.find(before)).isNull();
        laterByOneCode();
        String during = tokens.issue(token("wang", code(phone.secret()))).token();
        assertThat(tokens.find(during).due()).isEqualTo(Login.Due.NOTHING);

        as("boss", () -> {
            administration.resetSecondFactor("wang");
            return null;
        });

        assertThat(tokens.find(during)).isNull();
        assertThat(half("wang").due()).isEqualTo(Login.Due.NOTHING);
        assertThat(fixture.eventNames()).contains("SecondFactorEnrolled", "SecondFactorReset");
    }

    @Test
    void whoMustHaveItCannotGoBackAndOthersCan() {
        Phone boss = enrol("boss");
        Phone wang = enrol("wang");
        laterByOneCode();

        assertThatThrownBy(() -> as("boss", () -> {
                    own.remove(code(boss.secret()));
                    return null;
                }))
                .isInstanceOf(ForbiddenException.class);
        as("wang", () -> {
            assertThatThrownBy(() -> own.remove("000000")).isInstanceOf(ValidationException.class);
            own.remove(code(wang.secret()));
            return null;
        });

        assertThat(half("wang").due()).isEqualTo(Login.Due.NOTHING);
        assertThat(fixture.eventNames()).contains("SecondFactorRemoved");
    }

    @Test
    void theAdministratorsHelpOneAnotherButNobodyHimself() {
        enrol("boss");
        enrol("system");
        enrol("wang");

        assertThatThrownBy(() -> resetBy("boss", "boss")).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> resetBy("system", "system")).isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> resetBy("system", "wang")).isInstanceOf(NotFoundException.class);
        resetBy("system", "boss");
        resetBy("boss", "system");
        resetBy("boss", "wang");

        assertThat(half("boss").due()).isEqualTo(Login.Due.ENROLMENT);
        assertThat(half("system").due()).isEqualTo(Login.Due.ENROLMENT);
    }

    private void resetBy(String by, String username) {
        as(by, () -> {
            administration.resetSecondFactor(username);
            return null;
        });
    }

    @Test
    void nobodyAloneResetsBothThePasswordAndThePhoneOfAnAdministrator() {
        enrol("system");
        enrol("audit");
        as("boss", () -> administration.resetPassword("system"));
        assertThatThrownBy(() -> resetBy("boss", "system"))
                .isInstanceOf(ForbiddenException.class)
                .extracting(e -> ((ProblemException) e).messageKey())
                .isEqualTo("security.account.twoHands");
        resetBy("boss", "audit");
        assertThatThrownBy(() -> as("boss", () -> administration.resetPassword("audit")))
                .isInstanceOf(ForbiddenException.class);

        enrol("audit");
        assertThat(as("boss", () -> administration.resetPassword("audit"))).isNotBlank();
        resetBy("system", "audit");
    }
}
