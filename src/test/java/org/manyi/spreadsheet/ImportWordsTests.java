package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImportWordsTests {

    private final ImportWords organisations = new ImportWords("organisations");
    private final ImportWords users = new ImportWords("users");

    @Test
    void aWordIsUnderstoodWhateverItsWidthSpacesAndCase() {
        assertThat(organisations.meaning("kind", " 小 学 ")).contains("primary");
        assertThat(organisations.meaning("kind", "PRIMARY")).contains("primary");
        assertThat(users.meaning("role.BUREAU", "分管领导（学校）")).contains("deputy-schools");
    }

    @Test
    void aWordOfAnotherGroupIsNotUnderstood() {
        assertThat(organisations.meaning("kind", "科室")).isEmpty();
        assertThat(users.meaning("role.TEAM", "校长")).isEmpty();
        assertThat(users.meaning("role.NOBODY", "校长")).isEmpty();
    }

    @Test
    void theShippedHeadersAreThoseOfTheContract() {
        assertThat(organisations.text("ownership", false).title()).isEqualTo("办学性质");
        assertThat(users.code("unitCode", true, true).title()).isEqualTo("单位编码");
    }

    @Test
    void severalNamesInACellAreParted() {
        assertThat(ImportWords.parts("东关小学、 西关小学；南关小学;东关小学")).containsExactly("东关小学", "西关小学", "南关小学");
        assertThat(ImportWords.parts(" ")).isEmpty();
    }
}
