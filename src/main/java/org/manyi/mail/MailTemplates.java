package org.manyi.mail;

import java.net.URI;
import java.util.HashMap;
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

/** Writes mails in the recipient's language. Links lead to the configured base URL, whatever address a request came in on. */
@Component
class MailTemplates {

    private static final int MAX_SUBJECT = 200;

    private final SpringTemplateEngine engine = new SpringTemplateEngine();
    private final MessageSource messages;
    private final URI baseUrl;

    MailTemplates(MessageSource messages, @Value("${manyi.base-url}") String baseUrl) {
        this.messages = messages;
        this.baseUrl = URI.create(baseUrl.replaceAll("/+$", ""));
        if (this.baseUrl.getHost() == null || !Set.of("http", "https").contains(this.baseUrl.getScheme())) {
            throw new IllegalStateException("MANYI_BASE_URL must be an http or https address, not " + baseUrl);
        }
        engine.setTemplateEngineMessageSource(messages);
        engine.addTemplateResolver(resolver(TemplateMode.TEXT, "*.txt"));
        engine.addTemplateResolver(resolver(TemplateMode.HTML, "*.html"));
    }

    /**
     * A mail ready to send.
     *
     * @param subject one line
     */
    record Written(String subject, String text, String html) {}

    /** Writes a mail; while it is written the thread's language is the recipient's, for what the model says by itself. */
    Written write(String template, Locale locale, String name, Map<String, Object> model) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocale(locale);
        try {
            Map<String, Object> variables = new HashMap<>(model);
            variables.put("baseUrl", baseUrl.toString());
            variables.put("name", name);
            return write(template, locale, variables);
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }

    private Written write(String template, Locale locale, Map<String, Object> variables) {
        String text = engine.process(template + ".txt", new Context(locale, variables));
        int line = text.indexOf('\n');
        String subject = oneLine(text.substring(0, line));
        variables.put("subject", subject);
        return new Written(
                subject,
                printable(text.substring(line).strip()) + "\n",
                printable(engine.process(template + ".html", new Context(locale, variables))));
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
