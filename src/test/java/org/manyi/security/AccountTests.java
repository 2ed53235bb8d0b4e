package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AccountTests {

    private final SecurityFixture fixture = new SecurityFixture();
    private final StoredAccounts accounts = fixture.get(StoredAccounts.class);
    private final CurrentUsers users = fixture.get(CurrentUsers.class);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static Accounts.NewAccount account(String username, Role role) {
        return new Accounts.NewAccount(username, "王小明", "13800001234", "wang@example.org", role, null, false);
    }

    @Test
    void phoneAndMailAreEncryptedAtRest() {
        accounts.create(List.of(account("wang", null)));

        String row = fixture.get(JdbcClient.class)
                .sql("select phone || email from account")
                .query(String.class)
                .single();
        assertThat(row).doesNotContain("138", "example");
        assertThat(accounts.find("wang").orElseThrow().phone()).isEqualTo("13800001234");
        assertThat(accounts.find("wang").orElseThrow().email()).isEqualTo("wang@example.org");
    }

    @ParameterizedTest
    @CsvSource({
        "王, 13800001234, a@b.cn,",
        "'', 13800001234, a@b.cn, name",
        "王, 138-abc, a@b.cn, phone",
        "王, , 'a@b.cn,evil@x.cn', email",
        "王, , 'a@b.cn\r\nBcc: x@y.cn', email",
        "王, , no-address, email",
    })
    void particularsThatCouldDoHarmInAMailAreRefused(String name, String phone, String email, String field) {
        accounts.create(List.of(account("wang", null)));

        ValidationException refusal =
                catchThrowableOfType(ValidationException.class, () -> accounts.describe("wang", name, phone, email));

        if (field == null) {
            assertThat(refusal).isNull();
        } else {
            assertThat(refusal.fields()).extracting(FieldProblem::field).containsExactly(field);
        }
    }

    @Test
    void oneBadAccountKeepsAllOut() {
        accounts.create(List.of(account("wang", null)));

        ValidationException refusal = catchThrowableOfType(
                ValidationException.class,
                () -> accounts.create(List.of(
                        account("li", null),
                        account("wang", null),
                        account("li", null),
                        account("Bad Name", null),
                        account("zhao", Role.CHAIR))));

        assertThat(refusal.fields())
                .extracting(FieldProblem::code)
                .containsExactly("taken", "taken", "format", "choice");
        assertThat(accounts.existing(Set.of("li", "wang", "zhao"))).containsExactly("wang");
    }

    @Test
    void thousandsOfUsernamesAreLookedUpAtOnce() {
        accounts.create(IntStream.range(0, 2500)
                .mapToObj(n -> account("user" + n, null))
                .toList());

        assertThat(accounts.existing(
                        IntStream.range(0, 5000).mapToObj(n -> "user" + n).toList()))
                .hasSize(2500);
    }

    @ParameterizedTest
    @CsvSource({
        "bureau:chair, CHAIR",
        "bureau:deputy-schools, DEPUTY",
        "bureau:child-protection, PROTECTOR",
        "leader:3, LEADER",
        "dept:jijiao:head, DEPARTMENT",
        "district:D1:staff, DISTRICT",
        "school:S0001:principal, SCHOOL",
        "team:1:inspector, INSPECTOR",
        "body:B1:liaison, LIAISON",
        "bureau:driver,",
        "nonsense,",
    })
    void aPostGivesItsRole(String post, Role role) {
        assertThat(People.roleOf(post)).isEqualTo(role);
    }

    @Test
    void anAdministratorIsNothingElseWhateverPostsAreFoundForHim() {
        accounts.create(List.of(account("boss", Role.SECADMIN)));
        fixture.posts.put("boss", List.of(new HeldPost("bureau:chair", "bureau", "局", "chair", false)));

        CurrentUser boss = users.byUsername("boss");

        assertThat(boss.roles()).containsExactly(Role.SECADMIN);
        assertThat(boss.posts()).isEmpty();
    }

    @Test
    void somebodyWithAPostDoesNotBecomeAnAdministrator() {
        accounts.create(List.of(account("boss", Role.SECADMIN), account("wang", null)));
        fixture.posts.put("wang", List.of(new HeldPost("leader:1", "bureau", "局", "leader", false)));

        users.runAs("boss", () -> {
            assertThatThrownBy(() -> fixture.get(AccountAdministration.class).changeRole("wang", Role.AUDITOR))
                    .isInstanceOf(ValidationException.class);
            return null;
        });
        assertThat(users.byUsername("wang").roles()).containsExactly(Role.LEADER);
    }

    @Test
    void thePasswordThatTheDemonstrationsVisitorsShareIsNotResetByOneOfThem() {
        accounts.create(List.of(
                new Accounts.NewAccount("boss", "安全", null, null, Role.SECADMIN, null, false),
                new Accounts.NewAccount("shared", "演示", null, null, null, "Manyi-2026!", true)));

        fixture.get(CurrentUsers.class).runAs("boss", () -> {
            assertThatThrownBy(() -> fixture.get(AccountAdministration.class).resetPassword("shared"))
                    .isInstanceOf(ForbiddenException.class);
            return null;
        });
    }

    @Test
    void nobodyAdministersHimself() {
        accounts.create(List.of(account("boss", Role.SECADMIN)));
        AccountAdministration administration = fixture.get(AccountAdministration.class);

        users.runAs("boss", () -> {
            assertThatThrownBy(() -> administration.deactivate("boss")).isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> administration.changeRole("boss", Role.AUDITOR))
                    .isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> administration.resetPassword("boss")).isInstanceOf(ForbiddenException.class);
            assertThatThrownBy(() -> administration.unlock("nobody")).isInstanceOf(NotFoundException.class);
            return null;
        });
    }

    @Test
    void theListIsReadPageByPageWithoutLossAndSearchesNamesLiterally() {
        accounts.create(List.of(account("boss", Role.SECADMIN)));
        accounts.create(IntStream.range(10, 35)
                .mapToObj(n ->
                        new Accounts.NewAccount("u" + n, n == 20 ? "百分_%" : "老师" + n, null, null, null, null, false))
                .toList());
        AccountAdministration administration = fixture.get(AccountAdministration.class);

        Slice<AccountAdministration.Line> first = administration.list("u", null, 20);
        Slice<AccountAdministration.Line> second = administration.list("u", first.nextCursor(), 20);

        assertThat(first.items()).hasSize(20);
        assertThat(second.items()).hasSize(5);
        assertThat(second.nextCursor()).isNull();
        assertThat(first.count().value()).isEqualTo(25);
        assertThat(administration.list("_%", null, 20).items())
                .extracting(AccountAdministration.Line::username)
                .containsExactly("u20");
    }

    @Test
    void workInSomebodysNameLeavesTheThreadAsItWas() {
        accounts.create(List.of(account("wang", null), account("li", null)));

        users.runAs("wang", () -> {
            users.runAs("li", () -> assertThat(users.require().username()).isEqualTo("li"));
            assertThat(users.require().username()).isEqualTo("wang");
            return null;
        });
        assertThat(users.find()).isEmpty();
        assertThatThrownBy(() -> users.runAs("wang", () -> {
                    throw new IllegalArgumentException();
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(users.find()).isEmpty();
    }

    @Test
    void anEmptyDatabaseWithAnInstallersPasswordGetsItsTwoAdministrators() {
        firstStart(false, "Setup-day-1").afterSingletonsInstantiated();
        firstStart(false, "").afterSingletonsInstantiated();

        assertThat(accounts.existing(Set.of("sysadmin", "secadmin", "auditor")))
                .containsExactlyInAnyOrder("sysadmin", "secadmin");
        assertThat(users.byUsername("secadmin").roles()).containsExactly(Role.SECADMIN);
    }

    @Test
    void anEmptyDatabaseWithoutPasswordOrDemonstrationIsNotTakenIntoUse() {
        assertThatThrownBy(() -> firstStart(false, " ").afterSingletonsInstantiated())
                .isInstanceOf(FirstStartRefusedException.class);
        assertThatThrownBy(() -> firstStart(false, "short").afterSingletonsInstantiated())
                .isInstanceOf(FirstStartRefusedException.class)
                .hasMessageContaining("too-short");
        assertThat(fixture.get(AccountStore.class).isEmpty()).isTrue();
    }

    @Test
    void theDemonstrationMakesItsOwnAccounts() {
        firstStart(true, "").afterSingletonsInstantiated();

        assertThat(fixture.get(AccountStore.class).isEmpty()).isTrue();
    }

    private FirstStart firstStart(boolean demonstration, String password) {
        return new FirstStart(
                fixture.get(AccountStore.class), accounts, fixture.get(MessageSource.class), demonstration, password);
    }
}
