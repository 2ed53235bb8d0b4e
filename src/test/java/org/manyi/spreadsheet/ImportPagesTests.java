package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.spreadsheet.Books.row;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Imports as a person meets them: upload, compare the columns, see what is wrong, confirm. */
@ManyiTest
class ImportPagesTests {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private Imports imports;

    @Autowired
    private ImportBatches batches;

    @Autowired
    private JdbcClient jdbc;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void aFileGoesFromUploadThroughItsColumnsAndItsResultToBeingWritten() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", book("page-a", 4711)));
        assertThat(columns).matches("/imports/[0-9a-f-]{36}/columns");
        assertThat(page(columns)).contains("表头在第 2 行", "<option value=\"n\" selected=\"selected\">");

        String result = redirect(post(columns).param("0.A", "series").param("0.B", "n"));
        assertThat(page(result)).contains("1 行可以写入", "写入 1 行");

        UUID id = UUID.fromString(result.substring(result.lastIndexOf('/') + 1));
        String run = batches.find(id).orElseThrow().run().toString();
        assertThat(redirect(post(result + "/confirm").param("run", run))).isEqualTo(result);

        assertThat(page(result)).contains("已写入 1 行").doesNotContain("写入 1 行</button>");
        assertThat(jdbc.sql("select n from counter where series = 'page-a'")
                        .query(Long.class)
                        .single())
                .isEqualTo(4711);
        assertThat(page("/imports")).contains(result, "名册.xlsx");
        assertThat(redirect(get(columns))).isEqualTo(result);
    }

    @Test
    void aConfirmationThatComesTwiceShowsTheResultInsteadOfAnError() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", book("page-b", 1)));
        String result = columns.replace("/columns", "");
        String run = batches.find(UUID.fromString(result.substring(result.lastIndexOf('/') + 1)))
                .orElseThrow()
                .run()
                .toString();

        redirect(post(result + "/confirm").param("run", run));
        MvcResult again = perform("sysadmin", post(result + "/confirm").param("run", run));

        assertThat(again.getResponse().getRedirectedUrl()).isEqualTo(result);
        assertThat(again.getFlashMap().get("flash")).asString().contains("没有重复");
    }

    @Test
    void errorsAreListedWithTheirCellAndCanBeDownloaded() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", book("page-c", "=cmd|' /C calc'!A0")));
        String result = columns.replace("/columns", "");

        assertThat(page(result)).contains("有 1 处需要修改", "B 列第 3 行", "Value", "请填写 0 到 999,999,999 之间的整数");

        MvcResult file = perform("sysadmin", get(result + "/errors.xlsx"));
        assertThat(file.getResponse().getHeader("Content-Disposition")).startsWith("attachment; ");
        try (XSSFWorkbook workbook =
                new XSSFWorkbook(new ByteArrayInputStream(file.getResponse().getContentAsByteArray()))) {
            assertThat(workbook.getSheetAt(0).getRow(1).getCell(1).getStringCellValue())
                    .isEqualTo("3");
            assertThat(workbook.getSheetAt(0).getRow(1).getCell(2).getStringCellValue())
                    .isEqualTo("B");
        }
    }

    @Test
    void aRefusedFileSaysWhyBesideTheFieldItWasChosenIn() throws Exception {
        MvcResult refused = perform(
                "sysadmin",
                multipart("/imports/kinds/counters")
                        .file(new MockMultipartFile(
                                "file", "名册.xlsx", null, "<html></html>".getBytes(StandardCharsets.UTF_8)))
                        .locale(Locale.CHINESE));

        assertThat(refused.getResponse().getStatus()).isEqualTo(415);
        assertThat(body(refused)).contains("文件内容是网页", "href=\"#f-file\"");
    }

    @Test
    void twoColumnsForOneFieldAreRefusedWithWhatWasChosen() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", book("page-d", 1)));

        MvcResult refused = perform(
                "sysadmin", post(columns).param("0.A", "n").param("0.B", "n").locale(Locale.CHINESE));

        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).contains("已有另一列对应“Value”", "href=\"#f-0.B\"", "id=\"f-0.B\"");
    }

    @Test
    void aRefusedChoiceOfColumnsKeepsWhatWasChosenAboutSheets() throws Exception {
        byte[] book = Books.poiBook(workbook -> {
            for (String name : List.of("名册", "名册二")) {
                var sheet = workbook.createSheet(name);
                sheet.createRow(0).createCell(0).setCellValue("Series");
                sheet.getRow(0).createCell(1).setCellValue("Value");
                sheet.createRow(1).createCell(0).setCellValue(name);
            }
        });
        String columns = redirect(upload("counters", "名册.xlsx", book));

        MvcResult refused = perform(
                "sysadmin", post(columns).param("0.A", "n").param("0.B", "n").param("1.sheet", Mapping.SKIP));

        assertThat(refused.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(refused)).containsSubsequence("f-1.sheet", "value=\"skip\" selected", "f-1.A");
    }

    @Test
    void theColumnsAreSavedUnderANameOfferedForTheNextFileAndDeleted() throws Exception {
        String first = redirect(upload("counters", "名册.xlsx", form("page-f", "甲列", "乙列")));
        String templates = first.replace("/columns", "/templates");

        String saved = redirect(post(templates)
                .param("0.A", "series")
                .param("0.B", "n")
                .param("templateName", "<b>区里的表</b>")
                .locale(Locale.CHINESE));
        assertThat(saved).startsWith(first + "?template=");
        assertThat(page(saved)).contains("已按“&lt;b&gt;区里的表&lt;/b&gt;”填好各列");

        String next = redirect(upload("counters", "名册.xlsx", form("page-g", "乙列", "甲列")));
        String offered = page(next);
        String id = saved.substring(saved.indexOf('=') + 1);
        assertThat(offered).contains("&lt;b&gt;区里的表", "表头齐全，可以套用", next + "?template=" + id);
        assertThat(page(next + "?template=" + id))
                .containsSubsequence("f-0.A", "value=\"n\" selected", "f-0.B", "value=\"series\" selected");

        String unlike = redirect(upload("counters", "名册.xlsx", form("page-h", "乙列", "丁列")));
        assertThat(page(unlike)).contains("文件中没有表头：甲列").doesNotContain(unlike + "?template=");

        assertThat(redirect(post(templates + "/" + id + "/delete"))).isEqualTo(first);
        assertThat(page(next)).doesNotContain("区里的表");
        assertThat(perform("sysadmin", get(next + "?template=" + id)).getResolvedException())
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aNameThatCannotBeKeptIsRefusedWithWhatWasChosen() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", form("page-i", "甲列", "乙列")));
        String templates = columns.replace("/columns", "/templates");

        MvcResult blank = perform(
                "sysadmin",
                post(templates)
                        .param("0.B", "series")
                        .param("templateName", " ")
                        .locale(Locale.CHINESE));
        MvcResult absent =
                perform("sysadmin", post(templates).param("0.B", "series").locale(Locale.CHINESE));

        assertThat(blank.getResponse().getStatus()).isEqualTo(422);
        assertThat(absent.getResponse().getStatus()).isEqualTo(422);
        assertThat(body(blank))
                .contains("请填写。", "href=\"#f-templateName\"", "<details class=\"fold\" open=\"open\">")
                .containsSubsequence("f-0.B", "value=\"series\" selected");
    }

    @Test
    void aTemplateOfAnotherIsSeenAndChosenButNotReplacedOrDeleted() throws Exception {
        byte[] people = "登录名,称呼\na,甲\n".getBytes(StandardCharsets.UTF_8);
        String columns = redirect(upload("users", "名册.csv", people));
        String templates = columns.replace("/columns", "/templates");
        String saved = redirect(post(templates).param("0.A", "username").param("templateName", "人事名册"));
        String id = saved.substring(saved.indexOf('=') + 1);
        assertThat(page(columns)).contains("人事名册", "/delete\"");

        String seen = body(perform("secadmin", get(columns).locale(Locale.CHINESE)));
        MvcResult replaced = perform(
                "secadmin",
                post(templates)
                        .param("0.B", "username")
                        .param("templateName", "人事名册")
                        .locale(Locale.CHINESE));
        MvcResult deleted = perform("secadmin", post(templates + "/" + id + "/delete"));

        assertThat(seen).contains("人事名册", "?template=" + id).doesNotContain("/delete\"");
        assertThat(replaced.getResponse().getStatus()).isEqualTo(403);
        assertThat(body(replaced)).contains("“人事名册”是别人保存的方案");
        assertThat(deleted.getResolvedException()).isInstanceOf(ForbiddenException.class);
        assertThat(perform("office", get(columns)).getResolvedException()).isInstanceOf(NotFoundException.class);
        assertThat(redirect(post(templates + "/" + id + "/delete"))).isEqualTo(columns);
    }

    private static byte[] form(String series, String first, String second) {
        return Books.xlsx(row("名册"), row(first, second), row(series, "1"));
    }

    @Test
    void theTemplateIsAWorkbookThatCanBeReadBack() throws Exception {
        MvcResult file = perform("sysadmin", get("/imports/kinds/organisations/template"));
        byte[] template = file.getResponse().getContentAsByteArray();

        ImportBatch batch = users.runAs(
                "sysadmin",
                () -> imports.receive(
                        "organisations",
                        "模板.xlsx",
                        new ByteArrayInputStream(template),
                        ImportBatch.Purpose.CHECK,
                        users.require()));

        assertThat(batch.mapping().sheets().get(0).columns())
                .extracting(Mapping.Found::field)
                .containsExactly("code", "name", "type", "parentCode", "ownership", "shortName", "formerNames");
        assertThat(batches.errors(batch.id(), 10))
                .extracting(ImportProblem::code)
                .containsExactly("noRows");
    }

    @Test
    void progressIsAskedForAgainUntilItIsOverAndThenThePageIsLoadedAnew() throws Exception {
        String columns = redirect(upload("counters", "名册.xlsx", book("page-e", 1)));
        String result = columns.replace("/columns", "");
        ImportBatch batch = batches.find(UUID.fromString(result.substring(result.lastIndexOf('/') + 1)))
                .orElseThrow();
        UUID run = UUID.randomUUID();
        batches.startApplying(batch.id(), batch.run(), run, batch.uploadedAt().plusSeconds(3600));
        batches.stage(batch.id(), run, ImportBatch.Stage.WRITING);

        MvcResult running = perform("sysadmin", get(result + "/progress").locale(Locale.CHINESE));
        assertThat(body(running))
                .contains("第 3 步，共 3 步：写入", "hx-trigger=\"every 1s\"")
                .doesNotContain("<html");
        assertThat(running.getResponse().getHeader("HX-Refresh")).isNull();

        batches.fail(batch.id(), run, new ImportBatch.Failure("spreadsheet.failure.interrupted", List.of()));
        MvcResult over = perform("sysadmin", get(result + "/progress"));
        assertThat(over.getResponse().getHeader("HX-Refresh")).isEqualTo("true");
        assertThat(page(result)).contains("处理中断，没有写入任何内容");
    }

    @Test
    void aPersonIsOfferedOnlyWhatIsHisToImport() throws Exception {
        assertThat(page("/imports")).contains("导入机构", "导入人员");
        assertThat(body(perform("secadmin", get("/imports").locale(Locale.CHINESE))))
                .contains("导入人员")
                .doesNotContain("导入机构");
        assertThat(body(perform("principal001", get("/imports").locale(Locale.CHINESE))))
                .contains("您没有可以导入的内容");
        assertThat(perform("secadmin", get("/imports/kinds/organisations"))
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }

    private static byte[] book(String series, Object value) {
        return Books.xlsx(row("名册"), row("Series", "Value"), row(series, value));
    }

    private static RequestBuilder upload(String kind, String name, byte[] bytes) {
        return multipart("/imports/kinds/" + kind).file(new MockMultipartFile("file", name, null, bytes));
    }

    private String page(String address) throws Exception {
        MvcResult result = perform("sysadmin", get(address).locale(Locale.CHINESE));
        assertThat(result.getResponse().getStatus()).as(address).isEqualTo(200);
        return body(result);
    }

    private String redirect(RequestBuilder request) {
        MvcResult result = perform("sysadmin", request);
        assertThat(result.getResponse().getStatus()).isEqualTo(302);
        return result.getResponse().getRedirectedUrl();
    }

    private MvcResult perform(String username, RequestBuilder request) {
        return users.runAs(username, () -> {
            try {
                return mvc.perform(request).andReturn();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String body(MvcResult result) throws Exception {
        return result.getResponse().getContentAsString(StandardCharsets.UTF_8);
    }
}
