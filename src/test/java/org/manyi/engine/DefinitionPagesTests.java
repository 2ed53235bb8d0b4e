package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
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

/** The processes and their versions, for the system administrator. */
@ManyiTest
class DefinitionPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Definitions definitions;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void everyShippedProcessIsListedWithItsNewestVersionAndWhatRunsInIt() throws Exception {
        assertThat(definitions.processes())
                .extracting(process -> process.newest().key())
                .contains("issue-rectification", "rectification-round", "work-item", "deadline-reminders")
                .doesNotHaveDuplicates();
        assertThat(page("/definitions")).contains("流程定义", "issue-rectification", "第 1 版");
    }

    @Test
    void aProcessShowsItsVersionsWhereItCameFromAndItsDiagram() throws Exception {
        assertThat(page("/definitions/issue-rectification"))
                .contains("processes/issue/issue-rectification.bpmn", "/definitions/issue-rectification/1/diagram");
        assertThat(page("/definitions/issue-rectification/1/diagram")).contains("bpmn:definitions", "\"counts\"");
    }

    @Test
    void whatIsNotDeployedIsNotFound() {
        assertThat(answer("/definitions/none").getStatus()).isEqualTo(404);
        assertThat(answer("/definitions/issue-rectification?version=99").getStatus())
                .isEqualTo(404);
        assertThat(answer("/definitions/issue-rectification/99/diagram").getStatus())
                .isEqualTo(404);
    }

    private String page(String address) throws Exception {
        MockHttpServletResponse answer = answer(address);
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse answer(String address) {
        return users.runAs("sysadmin", () -> {
            try {
                return mvc.perform(get(address).locale(Locale.CHINESE).header("Accept-Language", "zh-CN"))
                        .andReturn()
                        .getResponse();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
