package org.manyi.register.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.EvidenceStore;
import org.manyi.security.CurrentUser;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** What the pages' forms have in common: reading what was typed, taking files in, saying what was refused. */
@Component
class Typed {

    private final EvidenceStore evidence;
    private final MessageSource messages;

    Typed(EvidenceStore evidence, MessageSource messages) {
        this.evidence = evidence;
        this.messages = messages;
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /** A day; null for none and for what is no day. */
    static LocalDate day(String typed) {
        try {
            return typed == null || typed.isBlank() ? null : LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A whole number; null for none and for what is no number. */
    static Integer number(String typed) {
        try {
            return typed == null || typed.isBlank() ? null : Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static String blankToNull(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /**
     * The ids of the files that a form sends: those kept of an earlier try and those that came with it.
     *
     * @param kept null for none
     * @param files null for none
     */
    List<String> files(List<String> kept, List<MultipartFile> files, CurrentUser user) {
        List<String> ids = new ArrayList<>(kept == null ? List.of() : kept);
        for (MultipartFile file : files == null ? List.<MultipartFile>of() : files) {
            if (!file.isEmpty()) {
                try (InputStream bytes = file.getInputStream()) {
                    ids.add(evidence.store(
                                    EvidenceStore.DRAFT,
                                    user.username(),
                                    Objects.requireNonNullElse(file.getOriginalFilename(), ""),
                                    bytes,
                                    user)
                            .id());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return ids;
    }

    /** The files by these ids that the person may see; an id of somebody else's file is none. */
    List<Attachment> readable(List<String> ids, CurrentUser user) {
        return ids.stream()
                .map(id -> evidence.readable(id, user))
                .flatMap(Optional::stream)
                .toList();
    }

    /** An enum's values by their codes, named by the messages under a prefix. */
    <E extends Enum<E>> List<Choice> choices(String prefix, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> new Choice(value.name().toLowerCase(Locale.ROOT), text(prefix + value.name())))
                .toList();
    }

    String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
