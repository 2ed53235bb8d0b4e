package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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

/** The categories as the system administrator looks after them. */
@ManyiTest
class CategoryPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private CategoryAdministration categories;

    @Autowired
    private Issues issues;

    @Autowired
    private JdbcClient jdbc;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @AfterEach
    void asTheyWereShipped() {
        jdbc.sql("delete from issue_category where code = 'library'").update();
    }

    private List<String> offered() {
        return issues.categories().stream()
                .filter(Category::active)
                .map(Category::code)
                .toList();
    }

    @Test
    void aCategoryIsAddedRenamedMovedRetiredAndOfferedAgainAndTheTrailKnows() throws Exception {
        assertThat(add("library", "图书", "Library").getStatus()).isEqualTo(302);
        assertThat(offered()).endsWith("library");

        answer(post("/categories/library").param("nameZh", "图书馆").param("nameEn", "Libraries"));
        assertThat(page("/categories")).contains("图书馆", "/categories/library/retire");
        answer(post("/categories/library/up"));
        assertThat(offered().indexOf("library")).isEqualTo(offered().size() - 2);

        answer(post("/categories/library/retire"));
        assertThat(offered()).doesNotContain("library");
        assertThat(page("/categories")).contains("已停用", "/categories/library/offer");
        answer(post("/categories/library/offer"));
        assertThat(offered()).contains("library");

        assertThat(jdbc.sql("""
                                select event from audit_entry where object_type = 'category' and object_key = 'library' order by id
                                """).query(String.class).list())
                .endsWith("CategoryAdded", "CategoryRenamed", "CategoryMoved", "CategoryRetired", "CategoryOffered");
    }

    @Test
    void aCodeOrANameThatThereIsAndWhatIsNoCodeAreRefusedInWords() throws Exception {
        assertThat(refused(add("safety", "校园安全二", "Safety"))).contains("这个代码已被使用");
        assertThat(refused(add("library", "校园安全", "Library"))).contains("已有同名的类别");
        assertThat(refused(add("图书", "图书", "Library"))).contains("以小写字母开头");
        assertThat(answer(get("/categories/none")).getStatus()).isEqualTo(404);
        assertThat(categories.all())
                .extracting(CategoryAdministration.Entry::code)
                .doesNotContain("library");
    }

    private MockHttpServletResponse add(String code, String nameZh, String nameEn) {
        return answer(
                post("/categories").param("code", code).param("nameZh", nameZh).param("nameEn", nameEn));
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
