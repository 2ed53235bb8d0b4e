package org.manyi.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.xwpf.usermodel.LineSpacingRule;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFFooter;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.document.OfficialPaper.Block;
import org.manyi.document.OfficialPaper.Column;
import org.manyi.document.OfficialPaper.Heading;
import org.manyi.document.OfficialPaper.Imprint;
import org.manyi.document.OfficialPaper.Paragraph;
import org.manyi.document.OfficialPaper.Table;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;

/** Papers as they lie in the Word file, read back. */
@ManyiTest
class PapersTests {

    private static final String HOSTILE = "{{x}} ${x} =cmd|' /C calc'!A0 <w:p>&amp; { PAGE }";

    @Autowired
    private Papers papers;

    @BeforeEach
    void inChinese() {
        LocaleContextHolder.setLocale(Locale.CHINESE);
    }

    @AfterEach
    void inNoLanguage() {
        LocaleContextHolder.resetLocaleContext();
    }

    private XWPFDocument laidOut(OfficialPaper paper) {
        try {
            return new XWPFDocument(new ByteArrayInputStream(papers.word(paper)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OfficialPaper whole() {
        return new OfficialPaper(
                "青禾区教育和体育局",
                "青教字〔2026〕12号",
                "关于开展大家访的通知",
                null,
                "各学校",
                List.of(
                        new Heading(1, "总体要求"),
                        new Paragraph("第一段\n第二段"),
                        new Heading(2, "目标"),
                        new Heading(2, "范围"),
                        new Heading(1, "工作安排"),
                        new Heading(2, "分工")),
                List.of("分工表", "时间表"),
                "青禾区教育和体育局",
                LocalDate.of(2026, 2, 10),
                "此件主动公开",
                new Imprint("区委办公室", "青禾区教育和体育局办公室", LocalDate.of(2026, 2, 11)));
    }

    @Test
    void aPageIsA4WithTheMarginsOfTheStandard() {
        CTSectPr section = laidOut(whole()).getDocument().getBody().getSectPr();

        assertThat(millimetres(section.getPgSz().getW())).isEqualTo(210);
        assertThat(millimetres(section.getPgSz().getH())).isEqualTo(297);
        CTPageMar margins = section.getPgMar();
        assertThat(Stream.of(margins.getTop(), margins.getBottom(), margins.getLeft(), margins.getRight())
                        .map(PapersTests::millimetres))
                .containsExactly(37L, 35L, 28L, 26L);
    }

    private static long millimetres(Object twips) {
        return Math.round(((BigInteger) twips).doubleValue() * 25.4 / 1440);
    }

    @Test
    void titleBodyAndHeadingsHaveTheirFontsAndSizes() {
        XWPFDocument document = laidOut(whole());

        XWPFParagraph title = paragraph(document, "关于开展大家访的通知");
        assertThat(title.getAlignment()).isEqualTo(ParagraphAlignment.CENTER);
        assertLooks(title, "方正小标宋简体", 22);
        XWPFParagraph body = paragraph(document, "第一段");
        assertLooks(body, "仿宋_GB2312", 16);
        assertThat(body.getSpacingBetween()).isEqualTo(28);
        assertThat(body.getSpacingLineRule()).isEqualTo(LineSpacingRule.EXACT);
        assertThat(body.getIndentationFirstLine()).isEqualTo(2 * 16 * 20);
        assertThat(body.getCTP().getPPr().getInd().getFirstLineChars()).isEqualTo(200);
        assertLooks(paragraph(document, "一、总体要求"), "黑体", 16);
        assertLooks(paragraph(document, "（一）目标"), "楷体_GB2312", 16);
        assertThat(paragraph(document, "青禾区教育和体育局").getRuns().get(0).getColor())
                .as("the head is red")
                .isEqualTo("FF0000");
    }

    private static void assertLooks(XWPFParagraph paragraph, String font, double size) {
        XWPFRun run = paragraph.getRuns().get(0);
        assertThat(run.getFontFamily(XWPFRun.FontCharRange.eastAsia)).isEqualTo(font);
        assertThat(run.getFontSizeAsDouble()).isEqualTo(size);
    }

    @Test
    void thePartsOfAPaperComeInTheirOrderAndHeadingsAreCounted() {
        assertThat(texts(laidOut(whole())))
                .containsExactly(
                        "青禾区教育和体育局",
                        "青教字〔2026〕12号",
                        "关于开展大家访的通知",
                        "各学校：",
                        "一、总体要求",
                        "第一段",
                        "第二段",
                        "（一）目标",
                        "（二）范围",
                        "二、工作安排",
                        "（一）分工",
                        "附件：1. 分工表",
                        "2. 时间表",
                        "青禾区教育和体育局",
                        "2026年2月10日",
                        "（此件主动公开）",
                        "抄送：区委办公室。",
                        "青禾区教育和体育局办公室\t2026年2月11日印发");
    }

    @Test
    void aPaperOfATitleAloneIsNothingButItsTitle() {
        assertThat(texts(laidOut(OfficialPaper.of("标题", List.of())))).containsExactly("标题");
    }

    @Test
    void headingsAreCountedBeyondTenAndBeyondTheNumeralsThatHaveAWord() {
        List<Block> headings = IntStream.rangeClosed(1, 31)
                .<Block>mapToObj(n -> new Heading(1, "甲"))
                .toList();

        assertThat(texts(laidOut(OfficialPaper.of("标题", headings)))).contains("十、甲", "十一、甲", "二十一、甲", "三十、甲", "31、甲");
    }

    @Test
    void pagesAreNumberedOutsideBetweenDashes() {
        List<XWPFFooter> footers = laidOut(whole()).getFooterList();

        assertThat(footers)
                .extracting(footer -> footer.getParagraphs().get(0).getText())
                .containsExactly("— 1 —", "— 1 —");
        assertThat(footers)
                .extracting(footer -> footer.getParagraphs().get(0).getAlignment())
                .containsExactlyInAnyOrder(ParagraphAlignment.RIGHT, ParagraphAlignment.LEFT);
        assertThat(footers).allSatisfy(footer -> assertThat(
                        footer.getParagraphs().get(0).getCTP().xmlText())
                .containsOnlyOnce("PAGE"));
        assertLooks(footers.get(0).getParagraphs().get(0), "宋体", 14);
    }

    @Test
    void aTableIsAsWideAsTheTextAndRepeatsItsHeader() {
        XWPFTable table = laidOut(OfficialPaper.of(
                        "标题",
                        List.of(new Table(
                                List.of(new Column("事项", 3), new Column("时限", 1)),
                                List.of(List.of("方案\n备案", "2月"), Arrays.asList("家访", null))))))
                .getTables()
                .get(0);

        assertThat(table.getRow(0).isRepeatHeader()).isTrue();
        assertThat(table.getRows().stream().map(row -> row.getTableCells().stream()
                        .map(cell -> cell.getText())
                        .toList()))
                .containsExactly(List.of("事项", "时限"), List.of("方案\n备案", "2月"), List.of("家访", ""));
        List<Long> widths = table.getCTTbl().getTblGrid().getGridColList().stream()
                .map(column -> millimetres(column.getW()))
                .toList();
        assertThat(widths).containsExactly(117L, 39L);
    }

    @Test
    void aTableWhoseRowsDoNotFitIsRefused() {
        List<Column> one = List.of(new Column("事项", 1));

        assertThatThrownBy(() -> new Table(one, List.of(List.of("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Table(List.of(), List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Column("事项", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Heading(3, "三级")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatPeopleTypeIsTextWhereverItStands() {
        XWPFDocument document = laidOut(new OfficialPaper(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(
                        new Heading(1, HOSTILE),
                        new Paragraph(HOSTILE),
                        new Table(List.of(new Column(HOSTILE, 1)), List.of(List.of(HOSTILE)))),
                List.of(HOSTILE),
                HOSTILE,
                null,
                HOSTILE,
                new Imprint(HOSTILE, HOSTILE, LocalDate.of(2026, 2, 11))));

        assertThat(texts(document)).hasSize(12).allSatisfy(text -> assertThat(text)
                .contains(HOSTILE));
        assertThat(document.getTables().get(0).getRow(1).getCell(0).getText()).isEqualTo(HOSTILE);
        assertThat(document.getDocument().xmlText())
                .as("no field in the body")
                .doesNotContain("instrText", "fldSimple", "fldChar");
        assertThat(document.getProperties().getCoreProperties().getTitle()).isEqualTo(HOSTILE);
    }

    @Test
    void whatIsNoTextIsLeftOut() {
        String typed = "a\u0000b\u0007c\u001Bd\u0085e\u202Ef\uFFFFg\uD800h\ti\u2067j";

        assertThat(texts(laidOut(OfficialPaper.of(typed, List.of(new Paragraph("甲\u0008乙\r\n丙\u000B丁"))))))
                .containsExactly("abcd efgh ij", "甲乙", "丙", "丁");
        assertThat(texts(laidOut(OfficialPaper.of("家访 \uD83C\uDFEB 大", List.of()))))
                .containsExactly("家访 \uD83C\uDFEB 大");
    }

    @Test
    void aPaperSpeaksEnglishToo() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);

        assertThat(texts(laidOut(whole()))).contains("1. 总体要求", "(2) 范围", "2026-2-10", "(此件主动公开)");
    }

    private static List<String> texts(XWPFDocument document) {
        return document.getParagraphs().stream()
                .map(XWPFParagraph::getText)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toList());
    }

    private static XWPFParagraph paragraph(XWPFDocument document, String text) {
        return document.getParagraphs().stream()
                .filter(paragraph -> paragraph.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }
}
