package org.manyi.security;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;

/**
 * The page for whoever is turned away at the login, drawn once a language and then sent as it is: ten thousand at once would wait longer
 * for a page of the house's usual frame than for their turn. The frame's look comes with its style sheet.
 */
@Component
@ConditionalOnWebApplication
class BusyPage {

    private final MessageSource messages;
    private final String path;
    private final Map<String, byte[]> drawn = new ConcurrentHashMap<>();

    BusyPage(MessageSource messages, ServletContext context) {
        this.messages = messages;
        this.path = context.getContextPath();
    }

    void send(HttpServletResponse response) throws IOException {
        byte[] page = drawn.computeIfAbsent(LocaleContextHolder.getLocale().getLanguage(), this::draw);
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    private byte[] draw(String language) {
        Locale locale = Locale.forLanguageTag(language);
        try {
            return new ClassPathResource("security/busy.html")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace("{lang}", language)
                    .replace("{path}", path)
                    .replace("{title}", text("security.busy", locale))
                    .replace("{text}", text("security.busy.text", locale))
                    .replace("{again}", text("security.busy.again", locale))
                    .replace("{product}", text("web.product", locale))
                    .replace("{productLong}", text("web.product.long", locale))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String key, Locale locale) {
        return HtmlUtils.htmlEscape(messages.getMessage(key, null, locale), StandardCharsets.UTF_8.name());
    }
}
