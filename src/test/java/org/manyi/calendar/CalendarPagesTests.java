package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The year as everybody may see it. */
@ManyiTest
class CalendarPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void aYearShowsItsNoticeItsHolidaysAndItsMakeUpDaysInWords() throws Exception {
        String page = page("/calendar?year=2025", Locale.CHINESE);

        assertThat(page)
                .contains("国办发明电〔2024〕12号", "全年 248 个工作日", "国庆节，中秋节", "10 月 1 日（周三）至", "8 天")
                .contains("class=\"day-makeup\"", ">班<", "class=\"day-off\"", ">休<");
    }

    @Test
    void holidaysStandInTheOrderOfTheirDaysOff() throws Exception {
        String page = page("/calendar?year=2026", Locale.CHINESE);

        assertThat(page.indexOf("9 月 25 日（周五）至")).isPositive().isLessThan(page.indexOf("10 月 1 日（周四）至"));
    }

    @Test
    void aYearWithoutANoticeSaysSoInWords() throws Exception {
        int unknown = new HolidayFiles(Path.of("none"))
                        .load().known().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElseThrow()
                + 1;

        assertThat(page("/calendar?year=" + unknown, Locale.CHINESE)).contains(unknown + " 年放假安排尚未录入系统", "尚未公布");
        assertThat(page("/calendar?year=" + unknown, Locale.ENGLISH)).contains("not announced yet");
    }

    @Test
    void aYearFarAwayIsNotFound() {
        assertThat(answer("/calendar?year=1999", Locale.CHINESE).getStatus()).isEqualTo(404);
        assertThat(answer("/calendar?year=999999999", Locale.CHINESE).getStatus())
                .isEqualTo(404);
    }

    private String page(String address, Locale locale) throws Exception {
        MockHttpServletResponse answer = answer(address, locale);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(String address, Locale locale) {
        return users.runAs("principal001", () -> {
            try {
                return mvc.perform(get(address).locale(locale).header("Accept-Language", locale.toLanguageTag()))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
