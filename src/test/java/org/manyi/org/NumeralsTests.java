package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralsTests {

    private final Numerals numerals = new Numerals("零一二三四五六七八九", "十");

    @ParameterizedTest
    @CsvSource({"1, 1", "12, 12", "99, 99", "三, 3", "十, 10", "十二, 12", "二十, 20", "九十九, 99"})
    void aNumberIsReadInDigitsAndInCharacters(String text, int number) {
        assertThat(numerals.parse(text)).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "100", "01", "-1", "甲", "零", "零十", "十十", "一二", "三十x", "x"})
    void whatIsNoNumberFromOneToNinetyNineIsNone(String text) {
        assertThat(numerals.parse(text)).isEmpty();
    }

    @Test
    void anEmptyTextIsNone() {
        assertThat(numerals.parse("")).isEmpty();
    }
}
