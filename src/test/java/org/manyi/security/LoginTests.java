package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.UnauthorizedException;

class LoginTests {

    private static final String RIGHT = "Right-horse-7";
    private static final String OFFICE = "10.0.0.7";

    private SecurityFixture fixture;
    private Logins logins;

    @BeforeEach
    void open() {
        fixture = new SecurityFixture();
        logins = fixture.get(Logins.class);
        fixture.person("wang", RIGHT);
        fixture.events.clear();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Login enter(String password) {
        return logins.login("wang", password, null, OFFICE, null, Logins.Door.PAGE);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> enter("Wrong-horse-7")).isInstanceOf(UnauthorizedException.class);
        }
    }

    @Test
    void theRightPasswordLetsInWhateverTheCaseOfTheUsername() {
        assertThat(logins.login(" WANG ", RIGHT, null, OFFICE, null, Logins.Door.PAGE)
                        .user()
                        .username())
                .isEqualTo("wang");
        assertThat(fixture.eventNames()).containsExactly("LoggedIn");
    }

    @Test
    void fiveFailuresLockTheAccountForHalfAnHour() {
        fail(5);

        assertThatThrownBy(() -> enter(RIGHT)).isInstanceOf(UnauthorizedException.class);
        fixture.hands.move(Duration.ofMinutes(29));
        assertThatThrownBy(() -> enter(RIGHT)).isInstanceOf(UnauthorizedException.class);
        fixture.hands.move(Duration.ofMinutes(2));
        assertThat(enter(RIGHT).user().username()).isEqualTo("wang");
        assertThat(fixture.eventNames()).contains("AccountLocked");
    }

    @Test
    void aGoodLoginForgetsTheFailuresBeforeIt() {
        fail(4);
        enter(RIGHT);
        fail(4);

        assertThat(enter(RIGHT).user().username()).isEqualTo("wang");
    }

    @Test
    void theSecondLockLastsTwiceAsLong() {
        fail(5);
        fixture.hands.move(Duration.ofMinutes(31));
        fail(5);
        fixture.hands.move(Duration.ofMinutes(59));
        assertThatThrownBy(() -> enter(RIGHT)).isInstanceOf(UnauthorizedException.class);
        fixture.hands.move(Duration.ofMinutes(2));

        assertThat(enter(RIGHT).user().username()).isEqualTo("wang");
    }

    @Test
    void theTriesThatLocksLeaveInADayAreFewerThanAHundred() {
        int tries = 0;
        for (int minute = 0; minute < 24 * 60; minute++) {
            fixture.hands.move(Duration.ofMinutes(1));
            if (!fixture.get(LoginFailures.class).isLocked(LoginFailures.Subject.account("wang"))) {
                assertThatThrownBy(() -> logins.login("wang", "Wrong-horse-7", null, OFFICE, null, Logins.Door.TOKEN))
                        .isInstanceOf(UnauthorizedException.class);
                tries++;
            }
        }

        assertThat(tries).isBetween(5, 100);
    }

    @Test
    void theSecurityAdministratorLiftsALock() {
        fail(5);
        fixture.get(StoredAccounts.class)
                .create(List.of(new Accounts.NewAccount("boss", "安全", null, null, Role.SECADMIN, null, false)));

        fixture.get(CurrentUsers.class).runAs("boss", () -> {
            AccountAdministration accounts = fixture.get(AccountAdministration.class);
            assertThat(accounts.card("wang").line().lockedUntil()).isNotNull();
            accounts.unlock("wang");
            assertThat(accounts.card("wang").line().lockedUntil()).isNull();
            return null;
        });

        assertThat(enter(RIGHT).user().username()).isEqualTo("wang");
        assertThat(fixture.eventNames()).contains("AccountUnlocked");
    }

    @Test
    void aStrangerWhoLocksTheAccountDoesNotLockItsOwnerOutOfHisOwnDevice() {
        fail(5);

        assertThat(logins.login("wang", RIGHT, null, "10.0.0.9", "laptop", Logins.Door.PAGE)
                        .user()
                        .username())
                .isEqualTo("wang");
    }

    @Test
    void theOwnDeviceIsLockedByItsOwnFailures() {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> logins.login("wang", "Wrong-horse-7", null, OFFICE, "laptop", Logins.Door.PAGE))
                    .isInstanceOf(UnauthorizedException.class);
        }

        assertThatThrownBy(() -> logins.login("wang", RIGHT, null, OFFICE, "laptop", Logins.Door.PAGE))
                .isInstanceOf(UnauthorizedException.class);
        assertThat(enter(RIGHT).user().username()).isEqualTo("wang");
    }

    @Test
    void manyFailuresFromOneAddressMakeItWaitLongerAndLonger() {
        for (int i = 0; i < 20; i++) {
            String name = "nobody" + i;
            assertThatThrownBy(() -> logins.login(name, "x", null, OFFICE, null, Logins.Door.PAGE))
                    .isInstanceOf(UnauthorizedException.class);
        }
        assertThatThrownBy(() -> enter(RIGHT)).isInstanceOf(TryLaterException.class);
        assertThat(logins.login("wang", RIGHT, null, "10.0.0.8", null, Logins.Door.PAGE))
                .isNotNull();

        fixture.hands.move(Duration.ofSeconds(2));
        fail(1);
        TryLaterException later = (TryLaterException) catchThrowable(() -> enter(RIGHT));

        assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(2));
        fixture.hands.move(Duration.ofSeconds(3));
        assertThat(enter(RIGHT)).isNotNull();
    }

    @Test
    void goodLoginsAreNeverLimited() {
        for (int i = 0; i < 50; i++) {
            assertThat(enter(RIGHT)).isNotNull();
        }
    }

    @Test
    void anUnknownNameAClosedAndALockedAccountAreRefusedLikeAWrongPassword() {
        fixture.person("shut", RIGHT);
        fixture.get(Accounts.class).deactivate("shut");
        fixture.person("locked", RIGHT);
        for (int i = 0; i < 5; i++) {
            catchThrowable(() -> logins.login("locked", "Wrong-horse-7", null, "10.0.0.3", null, Logins.Door.PAGE));
        }

        List<UnauthorizedException> refusals = List.of(
                refusal("wang", "Wrong-horse-7"),
                refusal("nobody", RIGHT),
                refusal("", RIGHT),
                refusal("shut", RIGHT),
                refusal("locked", RIGHT));

        assertThat(refusals).extracting(UnauthorizedException::messageKey).containsOnly("security.login.refused");
        assertThat(refusals).extracting(UnauthorizedException::status).containsOnly(401);
    }

    private UnauthorizedException refusal(String username, String password) {
        return (UnauthorizedException)
                catchThrowable(() -> logins.login(username, password, null, "10.0.0.4", null, Logins.Door.PAGE));
    }

    @Test
    void everyRefusalCostsExactlyOneHash() {
        AtomicInteger hashes = new AtomicInteger();
        Logins counted = new Logins(
                fixture.get(AccountStore.class),
                fixture.get(People.class),
                fixture.get(LoginFailures.class),
                fixture.get(SecondFactors.class),
                new PasswordHasher(SecurityFixture.SETTINGS) {
                    @Override
                    boolean matches(String plain, String stored) {
                        hashes.incrementAndGet();
                        return super.matches(plain, stored);
                    }
                },
                fixture.get(HashingGate.class),
                SecurityFixture.SETTINGS,
                fixture.get(org.manyi.shared.MovableClock.class),
                event -> {},
                fixture.get(org.springframework.transaction.PlatformTransactionManager.class));
        fail(5);

        for (String username : List.of("wang", "nobody", "Ünvalid name")) {
            hashes.set(0);
            catchThrowable(() -> counted.login(username, RIGHT, null, "10.0.0.5", null, Logins.Door.PAGE));
            assertThat(hashes).hasValue(1);
        }
    }

    @Test
    void whatIsTypedIntoTheWrongFieldIsKeptNowhere() {
        catchThrowable(() -> logins.login("My-Secret-99", "wang", null, OFFICE, null, Logins.Door.PAGE));

        assertThat(fixture.events).extracting(event -> event.caseNumber()).containsExactly("?");
        assertThat(fixture.events.toString()).doesNotContainIgnoringCase("secret");
    }

    @Test
    void aPasswordOlderThanNinetyDaysMustBeChanged() {
        fixture.hands.move(Duration.ofDays(90));
        assertThat(enter(RIGHT).passwordDue()).isFalse();
        fixture.hands.move(Duration.ofDays(1));

        assertThat(enter(RIGHT).passwordDue()).isTrue();
    }

    @Test
    void aTokenLivesTwelveHours() {
        ApiTokens tokens = fixture.get(ApiTokens.class);
        String token = tokens.issue(enter(RIGHT)).token();

        fixture.hands.move(Duration.ofHours(11));
        assertThat(tokens.find(token).user().username()).isEqualTo("wang");
        fixture.hands.move(Duration.ofHours(2));
        assertThat(tokens.find(token)).isNull();
    }

    @Test
    void aTokenEndsWithTheAccountTheRoleAndThePassword() {
        ApiTokens tokens = fixture.get(ApiTokens.class);
        StoredAccounts accounts = fixture.get(StoredAccounts.class);
        accounts.create(List.of(new Accounts.NewAccount("boss", "安全", null, null, Role.SECADMIN, null, false)));
        AccountAdministration administration = fixture.get(AccountAdministration.class);
        List<Runnable> changes = List.of(
                () -> administration.deactivate("wang"),
                () -> administration.changeRole("wang", Role.AUDITOR),
                () -> administration.resetPassword("wang"));

        for (Runnable change : changes) {
            fixture.get(AccountStore.class).setActive("wang", true);
            AccountRow row = fixture.get(AccountStore.class).find("wang").orElseThrow();
            String token = tokens.issue(logins.renew(row, row.epoch(), Logins.Door.TOKEN, true))
                    .token();
            assertThat(tokens.find(token)).isNotNull();
            fixture.get(CurrentUsers.class).runAs("boss", () -> {
                change.run();
                return null;
            });
            assertThat(tokens.find(token)).isNull();
        }
    }
}
