package org.manyi.issue.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTests {

    private static final double SHOWN = 0.65;

    @ParameterizedTest
    @CsvSource({
        "操场护栏松动, 操场护栏松动有安全隐患",
        "食堂饭菜太凉, 食堂饭菜凉",
        "校门口放学时拥堵, 放学时校门口拥堵严重",
        "三年级2班 投影仪 坏了, 三年级２班投影仪坏了。",
        "Wifi信号差, wifi信号差",
        "灯坏, 灯坏"
    })
    void theSameMatterInOtherWordsIsAlike(String one, String other) {
        assertThat(Likeness.of(one, "facilities", other, "facilities")).isGreaterThanOrEqualTo(SHOWN);
    }

    @ParameterizedTest
    @CsvSource({"操场护栏松动, 食堂饭菜太凉", "三年级2班投影仪坏了, 三年级3班投影仪坏了", "教室灯光太暗, 教室空调不制冷", "收费没有公示, 收到表扬信"})
    void anotherMatterIsNot(String one, String other) {
        assertThat(Likeness.of(one, "facilities", other, "facilities")).isLessThan(SHOWN);
    }

    @Test
    void anotherCategoryNeedsMoreOfTheTitleInCommon() {
        assertThat(Likeness.of("食堂饭菜太凉了", "food", "食堂饭菜太贵了", "food")).isGreaterThanOrEqualTo(SHOWN);
        assertThat(Likeness.of("食堂饭菜太凉了", "food", "食堂饭菜太贵了", "fees")).isLessThan(SHOWN);
        assertThat(Likeness.of("食堂饭菜太凉", "food", "食堂饭菜太凉", "management")).isGreaterThanOrEqualTo(SHOWN);
    }

    @Test
    void titlesOfSignsOnlyShareNothing() {
        assertThat(Likeness.of("？？？？", "other", "!!!!", "fees")).isZero();
    }
}
