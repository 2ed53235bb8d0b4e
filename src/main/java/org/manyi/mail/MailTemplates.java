package org.manyi.mail;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes mails in the recipient's language: the subject when the mail is put into the outbox, the rest when it is handed over. Links lead to the configured base URL, whatever address a
 * request came in on.
 */
@Component
class MailTemplates {

    private static final int MAX_SUBJECT = 200;

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final MessageSource messages;
    private final JsonMapper json;
    private final URI baseUrl;

    MailTemplates(MessageSource messages, JsonMapper json, @Value("${manyi.base-url}") String baseUrl) {
        this.messages = messages;
        this.json = json;
        this.baseUrl = URI.create(baseUrl.replaceAll("/+$", ""));
        if (this.baseUrl.getHost() == null || !Set.of("http", "https").contains(this.baseUrl.getScheme())) {
            throw new IllegalStateException("MANYI_BASE_URL must be an http or https address, not " + baseUrl);
        }
        engine.setTemplateEngineMessageSource(messages);
        engine.addTemplateResolver(resolver(TemplateMode.TEXT, "*.txt"));
        engine.addTemplateResolver(resolver(TemplateMode.HTML, "*.html"));
    }

    /**
     * What a mail says, before it is written.
     *
     * @param subject one line
     * @param model what the template shows, as JSON, in the recipient's language already
     */
    record Draft(String subject, String model) {}

    /** The subject of a mail and what it will show; meanwhile the thread's language is the recipient's, for what the model says by itself. */
    Draft draft(String template, Locale locale, Map<String, Object> model) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocale(locale);
        try {
            String kept = json.writeValueAsString(model);
            String text = engine.process(template + ".subject.txt", new Context(locale, variables(kept)));
            return new Draft(oneLine(text.lines().findFirst().orElse("")), kept);
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }

    /**
     * Writes a letter that has no text yet.
     *
     * @throws RuntimeException when it cannot be written, whose cause lies with the letter alone
     */
    Letter write(Letter letter) {
        Locale locale = Locale.forLanguageTag(letter.locale());
        Map<String, Object> variables = variables(letter.model());
        variables.put("subject", letter.subject());
        return letter.written(
                printable(engine.process(letter.template() + ".txt", new Context(locale, variables))
                                .strip())
                        + "\n",
                printable(engine.process(letter.template() + ".html", new Context(locale, variables))));
    }

    private Map<String, Object> variables(String model) {
        Map<String, Object> variables = json.readValue(model, new TypeReference<>() {});
        variables.put("baseUrl", baseUrl.toString());
        return variables;
    }

    /** Without the characters that are no text, which PostgreSQL would refuse and a mail program show as it likes. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\t\\r\\n]]", "");
    }

    /** The name that stands before our address. */
    String senderName(Locale locale) {
        return messages.getMessage("mail.sender", null, locale);
    }

    /** The host of our links, which is that of our message ids. */
    String host() {
        return baseUrl.getHost();
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+", " ")
                .strip();
        if (line.length() <= MAX_SUBJECT) {
            return line;
        }
        int cut = Character.isHighSurrogate(line.charAt(MAX_SUBJECT - 2)) ? MAX_SUBJECT - 2 : MAX_SUBJECT - 1;
        return line.substring(0, cut) + "…";
    }

    private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String pattern) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix("templates/mail/");
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        resolver.setResolvablePatterns(Set.of(pattern));
        return resolver;
    }
}
