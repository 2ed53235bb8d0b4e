package org.manyi.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Lays papers out with the library that reads workbooks. */
@Component
class WordPapers implements Papers {

    private final DocumentSettings settings;
    private final MessageSource messages;

    WordPapers(DocumentSettings settings, MessageSource messages) {
        this.settings = settings;
        this.messages = messages;
    }

    @Override
    public byte[] word(OfficialPaper paper) {
        try (WordPaper page = new WordPaper(settings.fonts(), words());
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            page.draw(paper);
            page.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String day(LocalDate day) {
        return words().day(day);
    }

    private PaperWords words() {
        return new PaperWords(messages, LocaleContextHolder.getLocale());
    }
}
