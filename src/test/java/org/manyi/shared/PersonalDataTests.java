package org.manyi.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalDataTests {

    private static final String OLD = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String NEW =
            Base64.getEncoder().encodeToString("abcdefghijklmnopqrstuvwxyz012345".getBytes(StandardCharsets.US_ASCII));

    private static PersonalData with(String key, String... former) {
        return new PersonalData(key, List.of(former), Path.of("unused"));
    }

    @Test
    void whatIsEncryptedTellsNothingAndDiffersEachTime() {
        PersonalData data = with(OLD);

        String once = data.encrypt("13800001234");
        assertThat(once).doesNotContain("138").isNotEqualTo(data.encrypt("13800001234"));
        assertThat(data.decrypt(once)).isEqualTo("13800001234");
        assertThat(data.encrypt(null)).isNull();
        assertThat(data.decrypt(null)).isNull();
    }

    @Test
    void aChangedLetterIsNoticed() {
        PersonalData data = with(OLD);
        String sealed = data.encrypt("张小明");
        int last = sealed.length() - 6;
        String changed =
                sealed.substring(0, last) + (sealed.charAt(last) == 'A' ? 'B' : 'A') + sealed.substring(last + 1);

        assertThatThrownBy(() -> data.decrypt(changed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> data.decrypt("13800001234")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterAChangeOfTheKeyTheFormerOneStillReadsAndTheNewOneWrites() {
        String before = with(OLD).encrypt("13800001234");
        PersonalData after = with(NEW, OLD);

        assertThat(after.decrypt(before)).isEqualTo("13800001234");
        String written = after.encrypt("13900001234");
        assertThat(with(NEW).decrypt(written)).isEqualTo("13900001234");
        assertThatThrownBy(() -> with(OLD).decrypt(written)).hasMessageContaining("MANYI_KEY_FORMER");
        assertThatThrownBy(() -> with(NEW).decrypt(before)).hasMessageContaining("MANYI_KEY_FORMER");
    }

    @Test
    void whatWasSealedWithTheEldestKeyIsTheSameAfterAChange() {
        assertThat(with(NEW, OLD).reads(with(OLD).keyFingerprint())).isTrue();
        assertThat(with(NEW).reads(with(OLD).keyFingerprint())).isFalse();
    }

    @Test
    void whatWasWrittenBeforeKeysHadNamesIsReadByWhicheverKeyWroteIt() {
        String unnamed = with(OLD).encrypt("13800001234").replaceFirst("^2:[0-9a-f]{8}:", "1:");

        assertThat(with(OLD).decrypt(unnamed)).isEqualTo("13800001234");
        assertThat(with(NEW, OLD).decrypt(unnamed)).isEqualTo("13800001234");
        assertThatThrownBy(() -> with(NEW).decrypt(unnamed)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @CsvSource({"13800001234,138****1234", "05391234567,053****4567", "12345,****"})
    void aPhoneIsShownByItsEnds(String phone, String shown) {
        assertThat(PersonalData.maskPhone(phone)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"张小明,张*", "𠮷野,𠮷*", "A,A*"})
    void aNameIsShownByItsFirstLetter(String name, String shown) {
        assertThat(PersonalData.maskName(name)).isEqualTo(shown);
    }
}
