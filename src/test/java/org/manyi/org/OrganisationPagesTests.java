package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.WebApplicationContext;

/** The pages behind the front door, which has tests of its own. */
@ManyiTest
@Transactional
class OrganisationPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Organisation organisation;

    @Autowired
    private OrganisationAdministration administration;

    @Autowired
    private MovableClock clock;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void theListShowsWhatThePersonMaySee() {
        assertThat(page("chair", "/org")).contains("青禾区第一小学", "/org/units/S0050", "type=TEAM");
        assertThat(page("district1", "/org")).contains("青禾区第一小学").doesNotContain("青禾区第三小学");
        assertThat(page("principal001", "/org")).contains("青禾区第一小学").doesNotContain("青禾区第二小学", "type=TEAM");
    }

    @Test
    void aSchoolIsFoundByItsFormerNameAndTheListSaysSo() {
        assertThat(page("office", "/org?type=SCHOOL&q=青禾镇中心")).contains("青禾区第一小学", "曾用名 青禾镇中心小学");
        assertThat(page("office", "/org?type=SCHOOL&q=没有这所")).contains("没有符合条件的单位");
    }

    @Test
    void filtersNarrowTheListAndStayInTheAddressOfTheNextPage() {
        assertThat(page("office", "/org?type=SCHOOL&district=D3&kind=teaching-point"))
                .contains("上桥教学点", "苇塘教学点")
                .doesNotContain("后坪教学点", "青禾区第一小学");
        assertThat(page("office", "/org?type=SCHOOL&q=青")).contains("/org?type=SCHOOL&amp;q=%E9%9D%92&amp;cursor=");
    }

    @Test
    void aUnitShowsItsPostsAndWhoAnswersForIt() {
        assertThat(page("office", "/org/units/S0001")).contains("校长", "principal001", "联系领导 1", "青禾镇中心小学");
        assertThat(page("office", "/org/units/S0060")).contains("园长", "分管幼儿园副局长", "未指定联系领导，由其代为负责");
        assertThat(page("office", "/org/units/bureau")).contains("联系领导 5", "分管范围", "中小学");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/org", "/org?type=DISTRICT", "/org/units/S0001", "/org/units/bureau", "/org/units/T1"})
    void everyPageSpeaksEnglishToo(String address) {
        assertThat(body(perform("secadmin", get(address).locale(Locale.ENGLISH))))
                .doesNotContain("??");
    }

    @Test
    void aUnitOfOthersIsNotFound() {
        assertThat(status("principal001", get("/org/units/S0002"))).isEqualTo(404);
        assertThat(status("district1", get("/org/units/S0011"))).isEqualTo(404);
        assertThat(status("chair", get("/org/units/S9999"))).isEqualTo(404);
    }

    @Test
    void noPageLinksToAUnitThatThePersonDoesNotSee() {
        assertThat(page("principal001", "/org/units/S0001")).contains("城东学区").doesNotContain("/org/units/D1");
        assertThat(page("district1", "/org/units/S0001")).contains("/org/units/D1");
    }

    @Test
    void onlyTheSecurityAdministratorIsOfferedToAppoint() {
        assertThat(page("secadmin", "/org/units/S0001")).contains("/org/posts/school:S0001:principal");
        assertThat(page("chair", "/org/units/S0001"))
                .doesNotContain("/org/posts/", "<form method=\"post\" action=\"/org");
        assertThat(page("sysadmin", "/org/units/S0001")).contains("/org/units/S0001/edit");
    }

    @Test
    void somebodyIsAppointedAndReleasedOnThePostsPage() {
        assertThat(redirect(
                        "secadmin", post("/org/posts/team:1:inspector/holders").param("username", "staff001")))
                .isEqualTo("/org/posts/team:1:inspector");
        assertThat(organisation.holders(List.of("team:1:inspector"))).containsExactly("inspector1", "staff001");

        redirect("secadmin", post("/org/posts/team:1:inspector/release").param("username", "inspector1"));

        assertThat(organisation.holders(List.of("team:1:inspector"))).containsExactly("staff001");
        assertThat(page("secadmin", "/org/posts/team:1:inspector"))
                .contains("staff001")
                .doesNotContain("inspector1");
    }

    @Test
    void aRefusedAppointmentSaysWhyAndKeepsWhatWasTyped() {
        MvcResult refused =
                perform("secadmin", post("/org/posts/team:1:inspector/holders").param("username", "nobody-here"));

        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("没有账号 nobody-here", "value=\"nobody-here\"");
    }

    @Test
    void aSubstituteIsArrangedOnThePostsPage() {
        String today = clock.today().toString();
        MockHttpServletRequestBuilder form = post("/org/posts/school:S0001:principal/substitutes")
                .param("substitute", "staff001")
                .param("substituteFor", "principal001")
                .param("from", today)
                .param("lastDay", today);

        redirect("secadmin", form);

        assertThat(organisation.holders(List.of("school:S0001:principal"))).containsExactly("principal001", "staff001");
        assertThat(users.byUsername("staff001").posts())
                .anySatisfy(held -> assertThat(held.substitute()).isTrue());
    }

    @Test
    void theContactLeaderIsChangedOnTheUnitsPage() {
        redirect("secadmin", post("/org/units/S0040/contact-leader").param("leaderPost", "leader:2"));
        assertThat(organisation.contactLeaderPost("S0040")).isEqualTo("leader:2");

        redirect("secadmin", post("/org/units/S0040/contact-leader").param("leaderPost", ""));
        assertThat(organisation.contactLeaderPost("S0040")).isEqualTo("bureau:deputy-schools");
    }

    @Test
    void aFurtherContactLeaderIsAddedOnTheBureausPage() {
        assertThat(page("secadmin", "/org/units/bureau")).contains("action=\"/org/leaders\"");
        assertThat(redirect("secadmin", post("/org/leaders"))).isEqualTo("/org/posts/leader:6");
        assertThat(page("secadmin", "/org/posts/leader:6")).contains("联系领导 6", "这个岗位暂时无人担任");
    }

    @Test
    void aRemitIsGivenToAnotherDeputyOnTheBureausPage() {
        redirect("secadmin", post("/org/remits/schools").param("deputyPost", "bureau:deputy-sport"));

        assertThat(organisation.contactLeaderPost("S0040")).isEqualTo("bureau:deputy-sport");
    }

    @Test
    void aUnitIsRenamedAndClosed() {
        assertThat(page("sysadmin", "/org/units/S0001/edit")).contains("value=\"青禾区第一小学\"");
        redirect(
                "sysadmin",
                post("/org/units/S0001/edit")
                        .param("name", "青禾区南塘小学")
                        .param("shortName", "南塘小学")
                        .param("kind", "primary")
                        .param("parentCode", "D1"));
        assertThat(page("office", "/org/units/S0001")).contains("青禾区南塘小学", "青禾区第一小学");

        redirect("sysadmin", post("/org/units/S0001/close"));

        assertThat(page("office", "/org/units/S0001")).contains("已撤销");
        assertThat(page("office", "/org?type=SCHOOL&closed=true")).contains("青禾区南塘小学");
    }

    @Test
    void aRefusedChangeOfAUnitKeepsWhatWasTyped() {
        MvcResult refused = perform(
                "sysadmin",
                post("/org/units/S0001/edit")
                        .param("name", "小")
                        .param("kind", "primary")
                        .param("parentCode", "D1"));

        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("至少 2 个字符", "value=\"小\"");
        assertThat(body(perform("sysadmin", post("/org/units/D1/close")))).contains("还有在用的下级单位");
    }

    private String page(String username, String address) {
        MvcResult result = perform(username, get(address).locale(Locale.CHINESE));
        assertThat(result.getResponse().getStatus()).as(address).isEqualTo(200);
        return body(result);
    }

    private int status(String username, MockHttpServletRequestBuilder request) {
        return perform(username, request).getResponse().getStatus();
    }

    private String redirect(String username, MockHttpServletRequestBuilder request) {
        MvcResult result = perform(username, request);
        assertThat(result.getResponse().getStatus()).isEqualTo(302);
        return result.getResponse().getRedirectedUrl();
    }

    private MvcResult perform(String username, MockHttpServletRequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request).andReturn();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String body(MvcResult result) {
        try {
            return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
