package org.manyi.document;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.List;
import org.apache.poi.wp.usermodel.HeaderFooterType;
import org.apache.poi.xwpf.usermodel.LineSpacingRule;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.TableWidthType;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.manyi.document.DocumentSettings.Fonts;
import org.manyi.document.OfficialPaper.Block;
import org.manyi.document.OfficialPaper.Column;
import org.manyi.document.OfficialPaper.Heading;
import org.manyi.document.OfficialPaper.Imprint;
import org.manyi.document.OfficialPaper.Paragraph;
import org.manyi.document.OfficialPaper.Table;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTBorder;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTFonts;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTInd;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPBdr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageSz;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTR;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTRPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyles;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTabStop;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTTblGrid;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STBorder;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STFldCharType;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTabJc;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STTblLayoutType;

/** One paper while it is laid out. */
class WordPaper implements AutoCloseable {

    private static final String PROGRAM = "Manyi";

    private static final int TWIPS_OF_POINT = 20;
    private static final double TWIPS_OF_MILLIMETRE = 1440 / 25.4;

    private static final int PAGE_WIDTH = 210;
    private static final int PAGE_HEIGHT = 297;
    private static final int TOP = 37;
    private static final int BOTTOM = 35;
    private static final int LEFT = 28;
    private static final int RIGHT = 26;
    private static final int HEADER = 15;

    /** The page's number stands 7 mm below the text and is 5 mm high. */
    private static final int FOOTER = BOTTOM - 7 - 5;

    private static final int TEXT_WIDTH = twips(PAGE_WIDTH - LEFT - RIGHT);

    /** Sizes in points: 2号 is 22, 3号 is 16, 4号 is 14, 小四 is 12. */
    private static final int TITLE_SIZE = 22;

    private static final int BODY_SIZE = 16;
    private static final int SMALL_SIZE = 14;
    private static final int TABLE_SIZE = 12;
    private static final int HEAD_SIZE = 36;

    private static final int LINE = 28;
    private static final int TITLE_LINE = 35;
    private static final int TABLE_LINE = 18;

    private static final String RED = "FF0000";
    private static final String BLACK = "000000";

    /** Widths of lines in eighths of a point: 0.35 mm, 0.25 mm, and the red one of the head. */
    private static final int THICK = 8;

    private static final int THIN = 6;
    private static final int HEAD_LINE = 16;

    /** From the text's upper edge to the issuing body's name. */
    private static final int HEAD_SPACE = 35;

    /** From the paper's number to the red line: 4 mm in points. */
    private static final int HEAD_GAP = 11;

    private final XWPFDocument document = new XWPFDocument();
    private final Fonts fonts;
    private final PaperWords words;

    WordPaper(Fonts fonts, PaperWords words) {
        this.fonts = fonts;
        this.words = words;
        page();
        pageNumbers();
        defaults();
    }

    /** Draws the whole paper; once. */
    void draw(OfficialPaper paper) {
        document.getProperties().getCoreProperties().setTitle(PlainText.line(paper.title()));
        head(paper);
        title(paper);
        body(paper.body());
        attachments(paper.attachments());
        signature(paper);
        if (paper.note() != null) {
            String note = words.text("document.brackets", PlainText.line(paper.note()));
            run(indented(2, 0), note, fonts.body(), BODY_SIZE);
        }
        if (paper.imprint() != null) {
            imprint(paper.imprint());
        }
    }

    void write(OutputStream out) throws IOException {
        document.write(out);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }

    private void page() {
        CTSectPr section = document.getDocument().getBody().addNewSectPr();
        CTPageSz size = section.addNewPgSz();
        size.setW(BigInteger.valueOf(twips(PAGE_WIDTH)));
        size.setH(BigInteger.valueOf(twips(PAGE_HEIGHT)));
        CTPageMar margins = section.addNewPgMar();
        margins.setTop(BigInteger.valueOf(twips(TOP)));
        margins.setBottom(BigInteger.valueOf(twips(BOTTOM)));
        margins.setLeft(BigInteger.valueOf(twips(LEFT)));
        margins.setRight(BigInteger.valueOf(twips(RIGHT)));
        margins.setHeader(BigInteger.valueOf(twips(HEADER)));
        margins.setFooter(BigInteger.valueOf(twips(FOOTER)));
        margins.setGutter(BigInteger.ZERO);
    }

    /** Outside, one character from the edge of the text: right on odd pages, left on even ones. */
    private void pageNumbers() {
        document.setEvenAndOddHeadings(true);
        XWPFParagraph odd = document.createFooter(HeaderFooterType.DEFAULT).createParagraph();
        odd.setAlignment(ParagraphAlignment.RIGHT);
        odd.setIndentationRight(SMALL_SIZE * TWIPS_OF_POINT);
        pageNumber(odd);
        XWPFParagraph even = document.createFooter(HeaderFooterType.EVEN).createParagraph();
        even.setAlignment(ParagraphAlignment.LEFT);
        even.setIndentationLeft(SMALL_SIZE * TWIPS_OF_POINT);
        pageNumber(even);
    }

    private void pageNumber(XWPFParagraph paragraph) {
        run(paragraph, "— ", fonts.page(), SMALL_SIZE);
        field(paragraph).addNewFldChar().setFldCharType(STFldCharType.BEGIN);
        field(paragraph).addNewInstrText().setStringValue("PAGE");
        field(paragraph).addNewFldChar().setFldCharType(STFldCharType.SEPARATE);
        run(paragraph, "1", fonts.page(), SMALL_SIZE);
        field(paragraph).addNewFldChar().setFldCharType(STFldCharType.END);
        run(paragraph, " —", fonts.page(), SMALL_SIZE);
    }

    private CTR field(XWPFParagraph paragraph) {
        return run(paragraph, null, fonts.page(), SMALL_SIZE).getCTR();
    }

    /** What somebody writes into the paper afterwards looks like the rest of it. */
    private void defaults() {
        CTStyles styles = CTStyles.Factory.newInstance();
        CTRPr run = styles.addNewDocDefaults().addNewRPrDefault().addNewRPr();
        CTFonts all = run.addNewRFonts();
        all.setAscii(fonts.body());
        all.setHAnsi(fonts.body());
        all.setEastAsia(fonts.body());
        run.addNewSz().setVal(BigInteger.valueOf(2L * BODY_SIZE));
        run.addNewLang().setEastAsia("zh-CN");
        document.createStyles().setStyles(styles);
        document.getProperties().getCoreProperties().setCreator(PROGRAM);
        document.getProperties().getExtendedProperties().setApplication(PROGRAM);
    }

    private void head(OfficialPaper paper) {
        if (paper.issuer() != null) {
            String issuer = PlainText.line(paper.issuer());
            XWPFParagraph name = document.createParagraph();
            name.setAlignment(ParagraphAlignment.CENTER);
            name.setSpacingBefore(twips(HEAD_SPACE));
            int fits = TEXT_WIDTH / TWIPS_OF_POINT / Math.max(1, issuer.length());
            run(name, issuer, fonts.title(), Math.max(TITLE_SIZE, Math.min(HEAD_SIZE, fits)))
                    .setColor(RED);
        }
        if (paper.issuer() != null || paper.number() != null) {
            XWPFParagraph number = line(ParagraphAlignment.CENTER);
            if (paper.issuer() != null) {
                number.setSpacingBefore(2 * LINE * TWIPS_OF_POINT);
                edge(borders(number).addNewBottom(), HEAD_LINE, HEAD_GAP, RED);
            }
            run(number, paper.number() == null ? "" : PlainText.line(paper.number()), fonts.body(), BODY_SIZE);
        }
    }

    private void title(OfficialPaper paper) {
        XWPFParagraph title = document.createParagraph();
        title.setAlignment(ParagraphAlignment.CENTER);
        title.setSpacingBetween(TITLE_LINE, LineSpacingRule.EXACT);
        if (paper.issuer() != null) {
            title.setSpacingBefore(2 * LINE * TWIPS_OF_POINT);
        }
        run(title, PlainText.line(paper.title()), fonts.title(), TITLE_SIZE);
        XWPFParagraph last = title;
        if (paper.subtitle() != null) {
            last = line(ParagraphAlignment.CENTER);
            String subtitle = words.text("document.brackets", PlainText.line(paper.subtitle()));
            run(last, subtitle, fonts.subheading(), BODY_SIZE);
        }
        last.setSpacingAfter(LINE * TWIPS_OF_POINT);
        if (paper.addressees() != null) {
            String to = words.text("document.addressees", PlainText.line(paper.addressees()));
            run(line(ParagraphAlignment.BOTH), to, fonts.body(), BODY_SIZE);
        }
    }

    private void body(List<Block> blocks) {
        int first = 0;
        int second = 0;
        for (Block block : blocks) {
            if (block instanceof Heading heading) {
                second = heading.level() == 1 ? 0 : second + 1;
                first = heading.level() == 1 ? first + 1 : first;
                heading(heading, heading.level() == 1 ? first : second);
            } else if (block instanceof Paragraph paragraph) {
                PlainText.lines(paragraph.text())
                        .forEach(text -> run(firstLineIndented(), text, fonts.body(), BODY_SIZE));
            } else if (block instanceof Table table) {
                table(table);
            }
        }
    }

    private void heading(Heading heading, int number) {
        XWPFParagraph paragraph = firstLineIndented();
        paragraph.setKeepNext(true);
        properties(paragraph).addNewOutlineLvl().setVal(BigInteger.valueOf(heading.level() - 1L));
        run(
                paragraph,
                words.numeral(heading.level(), number) + PlainText.line(heading.text()),
                heading.level() == 1 ? fonts.heading() : fonts.subheading(),
                BODY_SIZE);
    }

    private void table(Table table) {
        List<Column> columns = table.columns();
        XWPFTable drawn = document.createTable(1, columns.size());
        List<Integer> widths = widths(columns);
        drawn.getCTTbl().getTblPr().addNewTblLayout().setType(STTblLayoutType.FIXED);
        drawn.setWidth(TEXT_WIDTH);
        CTTblGrid grid = drawn.getCTTbl().getTblGrid();
        if (grid == null) {
            grid = drawn.getCTTbl().addNewTblGrid();
        }
        for (int width : widths) {
            grid.addNewGridCol().setW(BigInteger.valueOf(width));
        }
        XWPFTableRow header = drawn.getRow(0);
        header.setRepeatHeader(true);
        row(header, columns.stream().map(Column::name).toList(), widths, fonts.heading(), true);
        for (List<String> cells : table.rows()) {
            row(drawn.createRow(), cells, widths, fonts.body(), false);
        }
        // Tables that follow each other would become one.
        run(line(ParagraphAlignment.BOTH), "", fonts.body(), BODY_SIZE);
    }

    private void row(XWPFTableRow row, List<String> cells, List<Integer> widths, String font, boolean centred) {
        row.setCantSplitRow(true);
        for (int column = 0; column < widths.size(); column++) {
            XWPFTableCell cell = row.getCell(column);
            cell.setVerticalAlignment(XWPFTableCell.XWPFVertAlign.CENTER);
            cell.setWidthType(TableWidthType.DXA);
            cell.setWidth(String.valueOf(widths.get(column)));
            XWPFParagraph paragraph = cell.getParagraphs().get(0);
            paragraph.setSpacingBetween(TABLE_LINE, LineSpacingRule.EXACT);
            paragraph.setAlignment(centred ? ParagraphAlignment.CENTER : ParagraphAlignment.LEFT);
            List<String> lines = cells.get(column) == null ? List.of() : PlainText.lines(cells.get(column));
            for (int at = 0; at < lines.size(); at++) {
                XWPFRun run = run(paragraph, lines.get(at), font, TABLE_SIZE);
                if (at < lines.size() - 1) {
                    run.addBreak();
                }
            }
        }
    }

    private static List<Integer> widths(List<Column> columns) {
        int shares = columns.stream().mapToInt(Column::share).sum();
        return columns.stream()
                .map(column -> TEXT_WIDTH * column.share() / shares)
                .toList();
    }

    private void attachments(List<String> names) {
        for (int at = 0; at < names.size(); at++) {
            String name = PlainText.line(names.get(at));
            String text = names.size() == 1
                    ? words.text("document.attachment", name)
                    : words.text(
                            at == 0 ? "document.attachment.first" : "document.attachment.next",
                            String.valueOf(at + 1),
                            name);
            XWPFParagraph paragraph = indented(at == 0 ? 2 : 5, 0);
            if (at == 0) {
                paragraph.setSpacingBefore(LINE * TWIPS_OF_POINT);
            }
            run(paragraph, text, fonts.body(), BODY_SIZE);
        }
    }

    /** The day four characters from the right, the body that signs centred above it. */
    private void signature(OfficialPaper paper) {
        String day = paper.date() == null ? "" : words.day(paper.date());
        if (paper.signature() != null) {
            String name = PlainText.line(paper.signature());
            int centred = 4 * BODY_SIZE + (width(day) - width(name)) / 2;
            XWPFParagraph paragraph = indented(0, paper.date() == null ? 4 * BODY_SIZE : Math.max(0, centred));
            paragraph.setAlignment(ParagraphAlignment.RIGHT);
            paragraph.setSpacingBefore(2 * LINE * TWIPS_OF_POINT);
            paragraph.setKeepNext(paper.date() != null);
            run(paragraph, name, fonts.body(), BODY_SIZE);
        }
        if (paper.date() != null) {
            XWPFParagraph paragraph = indented(0, 4 * BODY_SIZE);
            paragraph.setAlignment(ParagraphAlignment.RIGHT);
            run(paragraph, day, fonts.body(), BODY_SIZE);
        }
    }

    /** A text's width in points in the body's size: a letter or digit takes half of what a character takes. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> c < 0x2E80 ? BODY_SIZE / 2 : BODY_SIZE)
                .sum();
    }

    private void imprint(Imprint imprint) {
        String printed = words.text("document.printed", words.day(imprint.on()));
        XWPFParagraph first = imprintLine();
        first.setSpacingBefore(2 * LINE * TWIPS_OF_POINT);
        edge(borders(first).addNewTop(), THICK, 1, BLACK);
        XWPFParagraph last = first;
        if (imprint.copies() != null) {
            first.setKeepNext(true);
            run(first, words.text("document.copies", PlainText.line(imprint.copies())), fonts.body(), SMALL_SIZE);
            last = imprintLine();
            edge(borders(last).addNewTop(), THIN, 1, BLACK);
        }
        edge(borders(last).addNewBottom(), THICK, 1, BLACK);
        CTTabStop right = properties(last).addNewTabs().addNewTab();
        right.setVal(STTabJc.RIGHT);
        right.setPos(BigInteger.valueOf(TEXT_WIDTH - (long) SMALL_SIZE * TWIPS_OF_POINT));
        run(last, PlainText.line(imprint.by()), fonts.body(), SMALL_SIZE).addTab();
        run(last, printed, fonts.body(), SMALL_SIZE);
    }

    private XWPFParagraph imprintLine() {
        XWPFParagraph paragraph = line(ParagraphAlignment.LEFT);
        paragraph.setIndentationLeft(SMALL_SIZE * TWIPS_OF_POINT);
        paragraph.setIndentationRight(SMALL_SIZE * TWIPS_OF_POINT);
        return paragraph;
    }

    private XWPFParagraph line(ParagraphAlignment alignment) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.setAlignment(alignment);
        paragraph.setSpacingBetween(LINE, LineSpacingRule.EXACT);
        return paragraph;
    }

    private XWPFParagraph firstLineIndented() {
        XWPFParagraph paragraph = line(ParagraphAlignment.BOTH);
        paragraph.setIndentationFirstLine(2 * BODY_SIZE * TWIPS_OF_POINT);
        CTInd indentation = properties(paragraph).getInd();
        indentation.setFirstLineChars(BigInteger.valueOf(200));
        return paragraph;
    }

    /**
     * A paragraph all of whose lines are indented.
     *
     * @param left in characters
     * @param right in points
     */
    private XWPFParagraph indented(int left, int right) {
        XWPFParagraph paragraph = line(ParagraphAlignment.LEFT);
        paragraph.setIndentationLeft(left * BODY_SIZE * TWIPS_OF_POINT);
        paragraph.setIndentationRight(right * TWIPS_OF_POINT);
        return paragraph;
    }

    /** A run of this text, or without any when it is null. */
    private static XWPFRun run(XWPFParagraph paragraph, String text, String font, int size) {
        XWPFRun run = paragraph.createRun();
        run.setFontFamily(font);
        run.setFontSize(size);
        if (text != null) {
            run.setText(text);
        }
        return run;
    }

    private static CTPPr properties(XWPFParagraph paragraph) {
        CTPPr properties = paragraph.getCTP().getPPr();
        return properties == null ? paragraph.getCTP().addNewPPr() : properties;
    }

    private static CTPBdr borders(XWPFParagraph paragraph) {
        CTPPr properties = properties(paragraph);
        return properties.isSetPBdr() ? properties.getPBdr() : properties.addNewPBdr();
    }

    private static void edge(CTBorder border, int eighths, int gap, String colour) {
        border.setVal(STBorder.SINGLE);
        border.setSz(BigInteger.valueOf(eighths));
        border.setSpace(BigInteger.valueOf(gap));
        border.setColor(colour);
    }

    private static int twips(int millimetres) {
        return (int) Math.round(millimetres * TWIPS_OF_MILLIMETRE);
    }
}
