package org.manyi.document;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How papers look where bureaus differ ({@code manyi.document.*}).
 *
 * @param fonts never null
 */
@ConfigurationProperties("manyi.document")
record DocumentSettings(Fonts fonts) {

    /**
     * The names of the fonts, which are the reader's: none is embedded, so that one he has not got is replaced by his program.
     *
     * @param title of the head and the title (小标宋)
     * @param body of the body (仿宋)
     * @param heading of headings of level 1 and of tables' headers (黑体)
     * @param subheading of headings of level 2 and of the subtitle (楷体)
     * @param page of the pages' numbers (宋体)
     */
    record Fonts(String title, String body, String heading, String subheading, String page) {}
}
