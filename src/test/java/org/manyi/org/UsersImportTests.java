package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.security.PostDirectory;
import org.manyi.spreadsheet.ImportKind.Change;
import org.manyi.spreadsheet.ImportKind.Column;
import org.manyi.spreadsheet.ImportKind.Kept;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@ManyiTest
@Transactional
class UsersImportTests {

    @Autowired
    private UsersImport kind;

    @Autowired
    private Organisation organisation;

    @Autowired
    private OrganisationAdministration administration;

    @Autowired
    private PostDirectory posts;

    @Autowired
    private Accounts accounts;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void theColumnsAreThoseOfTheContractAndTheSchoolsOfContactLeaders() {
        assertThat(kind.columns())
                .extracting(Column::title)
                .containsExactly("用户名", "姓名", "单位编码", "岗位", "手机", "邮箱", "联系学校", "任职日期");
    }

    @Test
    void theSystemAndTheSecurityAdministratorImportUsers() {
        assertThat(kind.mayImport(users.byUsername("sysadmin"))).isTrue();
        assertThat(kind.mayImport(users.byUsername("secadmin"))).isTrue();
        for (String other : List.of("auditor", "chair", "office", "principal001")) {
            assertThat(kind.mayImport(users.byUsername(other))).as(other).isFalse();
        }
    }

    @Test
    void peopleComeInWithTheirPosts() {
        apply(List.of(
                List.of("wang.fang", "王小禾", "jijiao", "科员", "100 0000 9001", "wang.fang@qinghe.example"),
                List.of("wang.fang", "", "T1", "检查组成员"),
                List.of("li.lei", "李大禾", "S0001", "教职工")));

        assertThat(posts.postsOf("wang.fang"))
                .extracting(HeldPost::key)
                .containsExactlyInAnyOrder("dept:jijiao:staff", "team:1:inspector");
        assertThat(posts.postsOf("li.lei")).extracting(HeldPost::key).containsExactly("school:S0001:staff");
        assertThat(accounts.find("wang.fang")).hasValueSatisfying(account -> {
            assertThat(account.name()).isEqualTo("王小禾");
            assertThat(account.email()).isEqualTo("wang.fang@qinghe.example");
        });
    }

    @Test
    void aPostMayBeHeldSinceADayThatIsNotToCome() {
        apply(List.of(List.of("wang.fang", "王小禾", "jijiao", "科员", "", "", "", "2024-09-01")));

        assertThat(jdbc.sql("select from_day from org_holding where username = 'wang.fang'")
                        .query(LocalDate.class)
                        .single())
                .isEqualTo("2024-09-01");
        assertThat(ImportRows.problems(
                        kind, List.of(List.of("li.lei", "李大禾", "jijiao", "科员", "", "", "", "2999-01-01"))))
                .containsExactly(tuple(3, "since", "future"));
    }

    @Test
    void aContactLeaderComesWithTheSchoolsHeAnswersFor() {
        apply(List.of(List.of("wang.fang", "王小禾", "bureau", "联系领导六", "", "", "S0040、S0060")));

        assertThat(posts.postsOf("wang.fang")).extracting(HeldPost::key).containsExactly("leader:6");
        assertThat(organisation.contactLeaderPost("S0040")).isEqualTo("leader:6");
        assertThat(organisation.contactLeaderPost("S0060")).isEqualTo("leader:6");
    }

    @Test
    void aKnownPersonKeepsWhatIsLeftBlank() {
        apply(List.of(List.of("staff001", "", "T2", "组员", "", "new@qinghe.example")));

        assertThat(posts.postsOf("staff001"))
                .extracting(HeldPost::key)
                .containsExactlyInAnyOrder("school:S0001:staff", "team:2:inspector");
        assertThat(accounts.find("staff001")).hasValueSatisfying(account -> {
            assertThat(account.phone()).startsWith("1000000");
            assertThat(account.email()).isEqualTo("new@qinghe.example");
        });
    }

    @Test
    void theSameFileTwiceChangesNothing() {
        List<List<String>> lines = List.of(
                List.of("principal060", "", "S0060", "园长"),
                List.of("principal060", "", "S0060", "教职工"),
                List.of("leader1", "", "bureau", "联系领导1", "", "", "S0001"));

        apply(lines);

        assertThat(posts.postsOf("principal060")).hasSize(2);
        assertThat(organisation.contactLeaderPost("S0001")).isEqualTo("leader:1");
    }

    @Test
    void everyFaultIsNamedByRowAndColumn() {
        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("王芳", "王小禾", "jijiao", "科员"),
                                List.of("wang.fang", "", "jijiao", "科员"),
                                List.of("li.lei", "李大禾", "nowhere", "科员"),
                                List.of("han.mei", "韩小禾", "S0001", "科长"),
                                List.of("zhao.yi", "赵小禾", "S0001", "教职工", "打电话", "不是邮箱"),
                                List.of("staff001", "另一个人", "S0001", "教职工"),
                                List.of("secadmin", "", "S0001", "教职工"),
                                List.of("qian.er", "钱小禾", "bureau", "联系领导"),
                                List.of("sun.san", "孙小禾", "S0001", "教职工", "", "", "S0040"))))
                .containsExactly(
                        tuple(3, "username", "format"),
                        tuple(4, "name", "required"),
                        tuple(5, "unitCode", "unknown"),
                        tuple(6, "role", "unknown"),
                        tuple(7, "phone", "format"),
                        tuple(7, "email", "format"),
                        tuple(8, "name", "differs"),
                        tuple(9, "username", "administrator"),
                        tuple(10, "role", "unknown"),
                        tuple(11, "contactSchools", "type"));
    }

    @Test
    void theRowsOfOnePersonAgree() {
        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("wang.fang", "王小禾", "jijiao", "科员"),
                                List.of("wang.fang", "王大禾", "T1", "组员"),
                                List.of("wang.fang", "王小禾", "jijiao", "科室工作人员"))))
                .containsExactly(tuple(4, "name", "differs"), tuple(5, "role", "duplicate"));
    }

    @Test
    void aPostOfOnePersonIsNotGivenTwice() {
        administration.release("school:S0002:principal", "principal002");

        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("wang.fang", "王小禾", "S0001", "校长"),
                                List.of("li.lei", "李大禾", "S0002", "校长"),
                                List.of("han.mei", "韩小禾", "S0002", "校长"))))
                .containsExactly(tuple(3, "role", "occupied"), tuple(5, "role", "occupied"));
    }

    @Test
    void aSchoolIsGivenToOneContactLeader() {
        assertThat(ImportRows.problems(
                        kind,
                        List.of(
                                List.of("wang.fang", "王小禾", "bureau", "联系领导6", "", "", "S0040、S0099、D1"),
                                List.of("li.lei", "李大禾", "bureau", "联系领导7", "", "", "S0040"))))
                .containsExactly(
                        tuple(3, "contactSchools", "unknown"),
                        tuple(3, "contactSchools", "unknown"),
                        tuple(4, "contactSchools", "duplicate"));
    }

    @Test
    void peopleAndTheirPostsAreTakenBackWhereNobodyUsedThem() {
        List<Change> changes = apply(List.of(
                List.of("wang.fang", "王小禾", "jijiao", "科员"),
                List.of("wang.fang", "", "T1", "检查组成员"),
                List.of("li.lei", "李大禾", "S0001", "教职工"),
                List.of("staff001", "", "T2", "组员", "", "new@qinghe.example"),
                List.of("zhao.yi", "赵一禾", "bureau", "联系领导六", "", "", "S0040")));
        String contactBefore = changes.stream()
                .filter(change -> change.key().equals("S0040"))
                .findFirst()
                .orElseThrow()
                .before()
                .get("post");
        jdbc.sql("update account set password_hash = 'x' where username = 'li.lei'")
                .update();

        List<Kept> kept = kind.revert(changes);

        assertThat(kept)
                .extracting(one -> one.change().row(), one -> one.reason().args())
                .containsExactly(tuple(5, List.of("li.lei")));
        assertThat(accounts.existing(List.of("wang.fang", "li.lei", "zhao.yi", "staff001")))
                .containsExactlyInAnyOrder("li.lei", "staff001");
        assertThat(accounts.find("staff001").orElseThrow().email()).isNotEqualTo("new@qinghe.example");
        assertThat(postsOf("wang.fang")).isEmpty();
        assertThat(postsOf("li.lei")).containsExactly("school:S0001:staff");
        assertThat(postsOf("staff001")).doesNotContain("team:2:inspector");
        assertThat(administration.contactOf("S0040")).isEqualTo(contactBefore);
    }

    private List<String> postsOf(String username) {
        return jdbc.sql("select post_key from org_holding where username = :username order by post_key")
                .param("username", username)
                .query(String.class)
                .list();
    }

    private List<Change> apply(List<List<String>> lines) {
        assertThat(ImportRows.problems(kind, lines)).isEmpty();
        return kind.apply(ImportRows.rows(kind, lines), users.byUsername("secadmin"), "b1");
    }
}
