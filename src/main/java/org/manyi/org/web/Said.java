package org.manyi.org.web;

import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a page says once after something was done. */
@Component
class Said {

    private final MessageSource messages;

    Said(MessageSource messages) {
        this.messages = messages;
    }

    void after(RedirectAttributes redirect, String messageKey, Object... args) {
        redirect.addFlashAttribute("flash", messages.getMessage(messageKey, args, LocaleContextHolder.getLocale()));
    }
}
