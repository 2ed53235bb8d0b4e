package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.issue.Loop.Report;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Registering: by whom, of what, under which number, and whether it is new. */
@ManyiTest
class RaisingTests {

    @Autowired
    private Loop loop;

    @Autowired
    private Issues issues;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void home() {
        loop.home();
    }

    @ParameterizedTest
    @ValueSource(strings = {"office", "jijiao", "xueqian", "district1", "leader1", "inspector1", "chair", "deputy2"})
    void theBureausSideRaisesAnything(String username) {
        IssueDetail raised = loop.raise(username, new Report().school("S0003"));

        assertThat(raised.status()).isEqualTo("triage");
        assertThat(loop.sees(username, raised.number())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"body1", "protector", "sysadmin", "secadmin", "auditor"})
    void othersRaiseNothing(String username) {
        assertThatThrownBy(() -> loop.raise(username, new Report())).isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aSchoolRaisesItsOwnSelfCheckOnly() {
        assertThat(loop.raise("staff002", new Report().source("selfCheck").school("S0002"))
                        .status())
                .isEqualTo("triage");
        assertThatThrownBy(() ->
                        loop.raise("staff002", new Report().source("phone").school("S0002")))
                .isInstanceOf(ForbiddenException.class);
        assertThatThrownBy(() -> loop.raise(
                        "principal002", new Report().source("selfCheck").school("S0003")))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void everyFieldAtFaultIsNamedAtOnce() {
        NewIssue wrong = new NewIssue(
                "短",
                "x".repeat(4001),
                "wish",
                null,
                "weather",
                "huge",
                "S9999",
                new NewIssue.Reporter("甲".repeat(41), "call me"),
                false,
                "somebody",
                null,
                null,
                false);

        assertThatThrownBy(() -> issues.raise(wrong, loop.user("office")))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                        .extracting(FieldProblem::field)
                        .containsExactlyInAnyOrder(
                                "title",
                                "description",
                                "kind",
                                "source",
                                "category",
                                "severity",
                                "schoolCode",
                                "reporter.name",
                                "reporter.phone",
                                "concerns"));
    }

    @ParameterizedTest
    @CsvSource({"nobody, staff002, concerns", "staff, nosuchperson, concernsUser"})
    void aPersonItIsAboutMustBeKnownAndMeant(String concerns, String username, String field) {
        assertThatThrownBy(() -> loop.raise("office", new Report().concerns(concerns, username)))
                .isInstanceOfSatisfying(ValidationException.class, refused -> assertThat(refused.fields())
                        .extracting(FieldProblem::field)
                        .containsExactly(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"标题里有\u0000空字符", "标题里有\ud800半个字", "标题分成\n两行来写"})
    void whatNoDatabaseKeepsIsRefused(String title) {
        assertThatThrownBy(() -> loop.raise("office", new Report().title(title)))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aPhoneTypedInWideDigitsIsAPhone() {
        String number = loop.raised(new Report().reporter(null, "１３９０００００１０１"));

        assertThat(issues.revealReporter(number, "首次联系", loop.user("office")))
                .isEqualTo(new NewIssue.Reporter(null, "13900000101"));
    }

    @Test
    void whatLooksLikeCodeIsKeptLiterally() {
        String title = "${1+1}<script>alert(1)</script>'; drop table issue; --";

        String number = loop.raised(new Report().title(title));

        assertThat(loop.issue(number).title()).isEqualTo(title);
        assertThat(loop.task(number, "triageIssue").title()).isEqualTo(title);
    }

    @Nested
    class Duplicates {

        @Test
        void aSimilarIssueOfTheSameSchoolIsShownBeforeSaving() {
            String first =
                    loop.raised(new Report().school("S0031").title("宿舍楼二层热水器漏水").category("facilities"));

            assertThat(issues.duplicates("S0031", "宿舍楼热水器漏水", "facilities", loop.user("office")))
                    .extracting(IssueItem::number)
                    .containsExactly(first);
            assertThatThrownBy(() -> loop.raise(
                            "office",
                            new Report().school("S0031").title("宿舍楼热水器漏水").unconfirmed()))
                    .isInstanceOfSatisfying(ConflictException.class, refused -> {
                        assertThat(refused.code()).isEqualTo("possible-duplicate");
                        assertThat(refused.fields())
                                .singleElement()
                                .extracting(problem -> problem.args().get(0))
                                .isEqualTo(first);
                    });

            IssueDetail confirmed =
                    loop.raise("office", new Report().school("S0031").title("宿舍楼热水器漏水"));
            assertThat(confirmed.number()).isNotEqualTo(first);
        }

        @Test
        void anotherSchoolAnotherMatterOrAnotherNumberIsNone() {
            loop.raised(new Report().school("S0032").title("三年级2班教室灯光太暗"));

            assertThat(issues.duplicates("S0033", "三年级2班教室灯光太暗", "facilities", loop.user("office")))
                    .isEmpty();
            assertThat(issues.duplicates("S0032", "校门口卖辣条的小摊", "food", loop.user("office")))
                    .isEmpty();
            assertThat(issues.duplicates("S0032", "三年级3班教室灯光太暗", "facilities", loop.user("office")))
                    .isEmpty();
        }

        @Test
        void anIssueThatIsKeptFromSomebodyIsNotGivenAwayAsADuplicate() {
            loop.raised(new Report().school("S0034").title("校长违规收受家长礼品").concerns("head", null));

            assertThat(loop.raise(
                                    "principal034",
                                    new Report()
                                            .school("S0034")
                                            .source("selfCheck")
                                            .title("校长违规收受家长礼品")
                                            .unconfirmed())
                            .status())
                    .isEqualTo("triage");
        }

        @Test
        void whatWasClosedLongAgoIsNoDuplicate() {
            String number = loop.raised(new Report().school("S0035").title("操场西侧护栏松动摇晃"));
            loop.complete(number, "triageIssue", Map.of("decision", "decline", "reason", "重复登记"));
            assertThat(issues.duplicates("S0035", "操场西侧护栏松动", "facilities", loop.user("office")))
                    .hasSize(1);

            loop.travelTo(loop.today().plusDays(92));

            assertThat(issues.duplicates("S0035", "操场西侧护栏松动", "facilities", loop.user("office")))
                    .isEmpty();
        }
    }

    @Test
    void eightThreadsRaisingGiveNumbersWithoutGapsOrDoubles() throws Exception {
        int threads = 8;
        int each = 5;
        Set<String> before = allNumbers();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<List<String>>> work = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String school = "S00%02d".formatted(11 + thread);
            work.add(() -> {
                List<String> numbers = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    numbers.add(loop.raised(new Report().school(school)));
                    assertThatThrownBy(() -> loop.raised(new Report().school("S9999")))
                            .isInstanceOf(ValidationException.class);
                }
                return numbers;
            });
        }
        List<String> raised = new ArrayList<>();
        try {
            for (Future<List<String>> future : pool.invokeAll(work)) {
                raised.addAll(future.get());
            }
        } finally {
            pool.shutdown();
        }

        assertThat(raised).doesNotHaveDuplicates().hasSize(threads * each);
        Set<String> all = allNumbers();
        assertThat(all).hasSize(before.size() + threads * each);
        String year = raised.get(0).substring(0, 4);
        List<Integer> serials = all.stream()
                .filter(number -> number.startsWith(year))
                .map(number -> Integer.valueOf(number.substring(8)))
                .toList();
        assertThat(serials).hasSize(new TreeSet<>(serials).last());
        assertThat(loop.live("issue-rectification")).containsAll(raised);
        raised.forEach(number -> assertThat(loop.keys(number)).containsExactly("triageIssue"));
    }

    private Set<String> allNumbers() {
        return new TreeSet<>(
                jdbc.sql("select number from issue").query(String.class).list());
    }
}
