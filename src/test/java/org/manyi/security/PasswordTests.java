package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.ValidationException;

class PasswordTests {

    private final PasswordRules rules = new PasswordRules();
    private final PasswordHasher hasher = new PasswordHasher(SecurityFixture.SETTINGS);

    private Optional<String> fault(String password) {
        return rules.check("password", password, "wangxm", "王小明", "13800001234").map(FieldProblem::code);
    }

    @ParameterizedTest
    @CsvSource({
        "Ab3-efg, too-short",
        "abcdefgh1, classes",
        "ABCDEFGH1, classes",
        "一二三四五六七八九十, classes",
        "Wangxm-2026, personal",
        "Ab-王小明-77, personal",
        "Ab-13800001234, personal",
        "P@ssw0rd2026, weak",
        "Mustang1, weak",
        "Manyi-2026!, weak",
        "Aa123456, weak",
        "Qwer1234!, weak",
    })
    void aPasswordThatBreaksARuleIsRefused(String password, String code) {
        assertThat(fault(password)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Right-horse-7", "春风Aa1又绿江南岸", "Ａｂ３－ｅｆｇｈ９"})
    void aGoodPasswordPasses(String password) {
        assertThat(fault(password)).isEmpty();
    }

    @Test
    void aPasswordHasAtMostAHundredAndTwentyEightCharactersEvenOfRareOnes() {
        assertThat(fault("A1" + "𠮷".repeat(126))).isEmpty();
        assertThat(fault("A1" + "𠮷".repeat(127))).contains("too-long");
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 64, 128, 1000})
    void longChinesePasswordsAreHashedWhole(int length) {
        String password = "办".repeat(length);

        String hash = hasher.hash(password);

        assertThat(hasher.matches(password, hash)).isTrue();
        assertThat(hasher.matches("办".repeat(length - 1) + "满", hash)).isFalse();
        assertThat(hash).hasSizeLessThan(200).doesNotContain("办");
    }

    @Test
    void fullWidthLettersOfAnInputMethodAreThePlainOnes() {
        assertThat(hasher.matches("Ｒight－horse-7", hasher.hash("Right-horse-7")))
                .isTrue();
    }

    @Test
    void thePasswordOfNobodyMatchesNothingButCostsAHash() {
        assertThat(hasher.matches("", null)).isFalse();
        assertThat(hasher.matches("anything", null)).isFalse();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(hasher.hash("Right-horse-7")).isNotEqualTo(hasher.hash("Right-horse-7"));
    }

    @Test
    void noneOfTheLastFivePasswordsComesBack() {
        try (SecurityFixture fixture = new SecurityFixture()) {
            fixture.person("li", "First-pass-1");
            fixture.get(CurrentUsers.class).runAs("li", () -> {
                OwnAccount own = fixture.get(OwnAccount.class);
                for (int n = 1; n < 5; n++) {
                    own.changePassword(word(n), word(n + 1));
                }
                for (int n = 1; n <= 5; n++) {
                    String former = word(n);
                    ValidationException refusal =
                            catchThrowableOfType(ValidationException.class, () -> own.changePassword(word(5), former));
                    assertThat(refusal.fields()).extracting(FieldProblem::code).containsExactly("used");
                }
                own.changePassword(word(5), word(6));
                own.changePassword(word(6), word(1));
                return null;
            });
            assertThat(fixture.eventNames()).contains("PasswordChanged");
        }
    }

    private static String word(int n) {
        return List.of("First", "Second", "Third", "Fourth", "Fifth", "Sixth").get(n - 1) + "-pass-" + n;
    }

    @Test
    void whoDoesNotKnowThePresentPasswordCannotChangeItAndGetsLocked() {
        try (SecurityFixture fixture = new SecurityFixture()) {
            fixture.person("li", "First-pass-1");
            fixture.get(CurrentUsers.class).runAs("li", () -> {
                OwnAccount own = fixture.get(OwnAccount.class);
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() -> own.changePassword("guess", "Second-pass-2"))
                            .isInstanceOf(ValidationException.class);
                }
                assertThatThrownBy(() -> own.changePassword("First-pass-1", "Second-pass-2"))
                        .isInstanceOf(ValidationException.class);
                return null;
            });
        }
    }

    @Test
    void aTemporaryPasswordOpensNothingButTheChangeAndIsReadable() {
        try (SecurityFixture fixture = new SecurityFixture()) {
            StoredAccounts accounts = fixture.get(StoredAccounts.class);
            accounts.create(List.of(new Accounts.NewAccount("boss", "安全", null, null, Role.SECADMIN, null, false)));
            String password = fixture.get(CurrentUsers.class)
                    .runAs("boss", () -> fixture.get(AccountAdministration.class)
                            .create("li", "李老师", "13900004321", null, null));

            Login login = fixture.get(Logins.class).login("li", password, null, "10.0.0.1", null, Logins.Door.TOKEN);

            assertThat(login.passwordDue()).isTrue();
            assertThat(password).matches("[A-Za-z2-9-]{15,}").doesNotContain("0", "O", "l", "1", "I");
            assertThat(rules.check("password", password, "li", "李老师", null)).isEmpty();
        }
    }

    @Test
    void theInstallersPasswordIsToBeChangedOnThePagesButServesPrograms() {
        try (SecurityFixture fixture = new SecurityFixture()) {
            fixture.get(StoredAccounts.class)
                    .create(
                            List.of(new Accounts.NewAccount(
                                    "sysadmin", "系统", null, null, Role.SYSADMIN, "Setup-day-1", false)),
                            PasswordState.INITIAL);
            Logins logins = fixture.get(Logins.class);

            assertThat(logins.login("sysadmin", "Setup-day-1", null, "10.0.0.1", null, Logins.Door.PAGE)
                            .passwordDue())
                    .isTrue();
            assertThat(logins.login("sysadmin", "Setup-day-1", null, "10.0.0.1", null, Logins.Door.TOKEN)
                            .passwordDue())
                    .isFalse();
        }
    }

    @Test
    void theSharedPasswordOfTheDemonstrationIsHashedOnceAndCannotBeChanged() {
        try (SecurityFixture fixture = new SecurityFixture()) {
            fixture.get(Accounts.class)
                    .create(List.of(
                            new Accounts.NewAccount("chair", "局长", null, null, null, "Manyi-2026!", true),
                            new Accounts.NewAccount("jijiao", "科长", null, null, null, "Manyi-2026!", true)));
            AccountStore store = fixture.get(AccountStore.class);

            assertThat(store.find("chair").orElseThrow().passwordHash())
                    .isEqualTo(store.find("jijiao").orElseThrow().passwordHash());
            fixture.get(CurrentUsers.class).runAs("chair", () -> {
                assertThatThrownBy(() -> fixture.get(OwnAccount.class).changePassword("Manyi-2026!", "Second-pass-2"))
                        .isInstanceOf(ForbiddenException.class);
                return null;
            });
        }
    }
}
