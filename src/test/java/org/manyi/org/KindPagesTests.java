package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The kinds of institution as the system administrator looks after them. */
@ManyiTest
class KindPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private KindAdministration kinds;

    @Autowired
    private OrganisationDirectory directory;

    @Autowired
    private OrganisationsImport imports;

    @Autowired
    private JdbcClient jdbc;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @AfterEach
    void asTheyWereShipped() {
        jdbc.sql("delete from org_kind where code = 'library'").update();
    }

    private List<String> offered() {
        return List.copyOf(directory.kindNamesToGive(null).keySet());
    }

    /** What is wrong with a new school of a kind in a workbook. */
    private List<Tuple> problems(String kind) {
        return ImportRows.problems(imports, List.of(List.of("S9901", "新学校", kind, "D1", "", "", "")));
    }

    @Test
    void aKindIsAddedRenamedMovedRetiredAndOfferedAgainAndTheTrailKnows() throws Exception {
        assertThat(add("library", "活动中心", "Library").getStatus()).isEqualTo(302);
        assertThat(offered()).endsWith("library");

        answer(post("/org/kinds/library").param("nameZh", "少年宫").param("nameEn", "Libraries"));
        assertThat(page("/org/kinds")).contains("少年宫", "/org/kinds/library/retire");
        answer(post("/org/kinds/library/up"));
        assertThat(offered().indexOf("library")).isEqualTo(offered().size() - 2);

        assertThat(problems("少年宫")).isEmpty();

        answer(post("/org/kinds/library/retire"));
        assertThat(offered()).doesNotContain("library");
        assertThat(problems("少年宫"))
                .extracting(Tuple::toString)
                .singleElement()
                .asString()
                .contains("retired");
        assertThat(page("/org/kinds")).contains("已停用", "/org/kinds/library/offer");
        answer(post("/org/kinds/library/offer"));
        assertThat(offered()).contains("library");

        assertThat(jdbc.sql("""
                                select event from audit_entry where object_type = 'kind' and object_key = 'library' order by id
                                """).query(String.class).list())
                .endsWith("KindAdded", "KindRenamed", "KindMoved", "KindRetired", "KindOffered");
    }

    @Test
    void aCodeOrANameThatThereIsAndWhatIsNoCodeAreRefusedInWords() throws Exception {
        assertThat(refused(add("primary", "小学二", "Primary"))).contains("这个代码已被使用");
        assertThat(refused(add("library", "小学", "Library"))).contains("已有同名的类型");
        assertThat(refused(add("活动中心", "活动中心", "Library"))).contains("以字母开头");
        assertThat(answer(get("/org/kinds/none")).getStatus()).isEqualTo(404);
        assertThat(kinds.all()).extracting(KindAdministration.Entry::code).doesNotContain("library");
    }

    private MockHttpServletResponse add(String code, String nameZh, String nameEn) {
        return answer(post("/org/kinds")
                .param("code", code)
                .param("nameZh", nameZh)
                .param("nameEn", nameEn)
                .param("remit", "schools"));
    }

    private static String refused(MockHttpServletResponse answer) throws Exception {
        assertThat(answer.getStatus()).isEqualTo(422);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private String page(String address) throws Exception {
        MockHttpServletResponse answer = answer(get(address));
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(AbstractMockHttpServletRequestBuilder<?> request) {
        return users.runAs("sysadmin", () -> {
            try {
                return mvc.perform(request.locale(Locale.CHINESE).header("Accept-Language", "zh-CN"))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
