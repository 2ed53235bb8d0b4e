package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HolidayFilesTests {

    private static final String PAPER = "{'title':'通知','number':'国办发明电〔2026〕1号','issued':'2026-11-10'}";

    private final HolidayFiles files = new HolidayFiles(Path.of("none"));

    @Test
    void theShippedYearsAreOfficialAndNameTheirNotice() {
        HolidayYears years = files.load();

        assertThat(years.known()).containsExactly(2025, 2026);
        assertThat(years.state(2025)).isEqualTo(YearState.OFFICIAL);
        assertThat(years.state(2026)).isEqualTo(YearState.OFFICIAL);
        assertThat(years.state(2027)).isEqualTo(YearState.MISSING);
        assertThat(years.year(2026).orElseThrow().papers())
                .singleElement()
                .satisfies(paper -> assertThat(paper.number()).isEqualTo("国办发明电〔2025〕7号"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2025, 2026})
    void theDaysOffOnWeekdaysLessTheMakeUpDaysAreThirteen(int year) {
        List<HolidayYear.Day> days = files.load().year(year).orElseThrow().days();

        long weekdaysOff = days.stream()
                .filter(day -> day.off() && !HolidayFiles.isWeekend(day.date()))
                .count();
        long makeUpDays = days.stream().filter(day -> !day.off()).count();
        assertThat(weekdaysOff - makeUpDays).isEqualTo(13);
    }

    @Test
    void anEmptyFileMeansUnknownAndNeverNoHolidays() {
        HolidayYears years = new HolidayYears(List.of(read("2027.json", "{'year':2027,'papers':[],'days':[]}")));

        assertThat(years.state(2027)).isEqualTo(YearState.MISSING);
        assertThat(years.assumedOff(LocalDate.of(2027, 10, 1))).isTrue();
    }

    @Test
    void daysWithoutANoticeAreUsedButProvisional() {
        HolidayYears years = new HolidayYears(
                List.of(read("2027.json", "{'year':2027,'days':[{'date':'2027-02-08','name':'春节','off':true}]}")));

        assertThat(years.state(2027)).isEqualTo(YearState.PROVISIONAL);
        assertThat(years.listed(LocalDate.of(2027, 2, 8))).isPresent();
        assertThat(years.assumedOff(LocalDate.of(2027, 10, 1))).isFalse();
    }

    @Test
    void aMakeUpDayInDecemberMayStandInTheNextYearsFile() {
        HolidayYears years = new HolidayYears(List.of(read(
                "2027.json",
                "{'year':2027,'papers':[" + PAPER + "],'days':[{'date':'2026-12-26','name':'元旦','off':false}]}")));

        assertThat(years.listed(LocalDate.of(2026, 12, 26)))
                .hasValueSatisfying(day -> assertThat(day.off()).isFalse());
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2027.json | the year is not the name's | {\"year\":2026,\"days\":[]}",
                "next.json | the name is not <year>.json | {\"year\":2027,\"days\":[]}",
                "2027.json | 2027-02-08 stands there twice | {\"year\":2027,\"days\":[{\"date\":\"2027-02-08\",\"name\":\"x\",\"off\":true},{\"date\":\"2027-02-08\",\"name\":\"x\",\"off\":true}]}",
                "2027.json | 2027-02-08 is a make-up day, but no Saturday or Sunday | {\"year\":2027,\"days\":[{\"date\":\"2027-02-08\",\"name\":\"x\",\"off\":false}]}",
                "2027.json | 2026-11-30 is not of this year nor of the December before | {\"year\":2027,\"days\":[{\"date\":\"2026-11-30\",\"name\":\"x\",\"off\":true}]}",
                "2027.json | a day lacks its date or name | {\"year\":2027,\"days\":[{\"date\":\"2027-02-08\",\"off\":true}]}",
                "2027.json | a paper lacks its title, number or date of issue | {\"year\":2027,\"papers\":[{\"title\":\"x\"}],\"days\":[]}",
                "2027.json | boolean | {\"year\":2027,\"days\":[{\"date\":\"2027-02-08\",\"name\":\"x\",\"offDay\":true}]}",
            })
    void aFileThatBreaksARuleIsRefusedAndSaysWhich(String name, String rule, String content) {
        assertThatThrownBy(() -> read(name, content))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(rule);
    }

    @Test
    void filesThatContradictOneAnotherAreRefused() {
        HolidayYear one = read("2026.json", "{'year':2026,'days':[{'date':'2026-12-26','name':'元旦','off':true}]}");
        HolidayYear other = read("2027.json", "{'year':2027,'days':[{'date':'2026-12-26','name':'元旦','off':false}]}");

        assertThatThrownBy(() -> new HolidayYears(List.of(one, other))).hasMessageContaining("2026-12-26");
    }

    @Test
    void aFileInTheDataDirectoryIsReadBesideTheShippedOnes(@TempDir Path data) throws IOException {
        Files.writeString(
                data.resolve("2027.json"),
                json("{'year':2027,'papers':[" + PAPER + "],'days':[{'date':'2027-01-01','name':'元旦','off':true}]}"));

        HolidayYears years = new HolidayFiles(data).load();

        assertThat(years.known()).containsExactly(2025, 2026, 2027);
        assertThat(years.state(2027)).isEqualTo(YearState.OFFICIAL);
    }

    private HolidayYear read(String name, String content) {
        return files.read(name, new ByteArrayInputStream(json(content).getBytes(StandardCharsets.UTF_8)));
    }

    private static String json(String content) {
        return content.replace('\'', '"');
    }
}
