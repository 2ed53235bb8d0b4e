package org.manyi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "整改前.jpg | 整改前.jpg",
                "../../etc/passwd.pdf | passwd.pdf",
                "C:\\fakepath\\食堂 照片.png | 食堂 照片.png",
                "CON | _CON",
                "con.pdf | _con.pdf",
                "LPT1.docx | _LPT1.docx",
                "console.pdf | console.pdf",
                "...hidden.pdf | hidden.pdf",
                "end.pdf. . | end.pdf",
                "a    b.pdf | a b.pdf",
            })
    void aNameLosesWhatCouldHarm(String sent, String kept) {
        assertThat(SafeName.of(sent)).isEqualTo(kept);
    }

    @Test
    void charactersThatNoComputerMayHaveInANameAreReplaced() {
        assertThat(SafeName.of("a<b>c:d\"e|f?g*.pdf")).isEqualTo("a_b_c_d_e_f_g_.pdf");
    }

    @Test
    void unseenCharactersGoSoThatNoEndingHides() {
        assertThat(SafeName.of("invoice\u202Efdp.exe")).isEqualTo("invoicefdp.exe");
        assertThat(SafeName.of("a\u0000b\r\nc\u200B.pdf")).isEqualTo("abc.pdf");
        assertThat(SafeName.of("lone\uD83D.pdf")).isEqualTo("lone.pdf");
    }

    @Test
    void aFileWithoutANameGetsOne() {
        assertThat(SafeName.of(null)).isEqualTo("file");
        assertThat(SafeName.of("")).isEqualTo("file");
        assertThat(SafeName.of("../..")).isEqualTo("file");
    }

    @Test
    void aLongNameKeepsItsEnding() {
        String name = SafeName.of("照".repeat(300) + ".jpeg");

        assertThat(name).hasSize(SafeName.MAX).endsWith("照.jpeg");
        assertThat(SafeName.of("😀".repeat(150) + ".pdf"))
                .hasSizeLessThanOrEqualTo(SafeName.MAX)
                .endsWith("😀.pdf");
        assertThat(SafeName.withEnding("照".repeat(200), "png"))
                .hasSize(SafeName.MAX)
                .endsWith("照.png");
    }

    @Test
    void theEndingIsWhatFollowsTheLastDot() {
        assertThat(SafeName.ending("a.PDF.HTML")).isEqualTo("html");
        assertThat(SafeName.ending("readme")).isEmpty();
        assertThat(SafeName.withEnding("微信图片.jpg", "png")).isEqualTo("微信图片.png");
    }
}
