package org.manyi.notification.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.manyi.notification.NewsKind;
import org.manyi.notification.NewsKind.Delivery;
import org.manyi.notification.Preferences;
import org.manyi.notification.Preferences.Choice;
import org.manyi.notification.QuietHours;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ValidationException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How one wants to hear of things, by API. */
@RestController
@RequestMapping("/api/v1/me/notifications")
@Tag(name = "Notices")
class PreferenceApi {

    private final Preferences preferences;
    private final CurrentUsers users;

    PreferenceApi(Preferences preferences, CurrentUsers users) {
        this.preferences = preferences;
        this.users = users;
    }

    /**
     * What was chosen.
     *
     * @param deliveries {@code once}, {@code digest} or {@code off} by kind: {@code task}, {@code claimable}, {@code case}, {@code dates}, {@code opinion}, {@code mention},
     *     {@code comment}; what is missing is as usual
     * @param quietFrom such as 21:00
     * @param quietUntil such as 07:00; the same as {@code quietFrom} when there are no quiet hours
     * @param quietRestDays whether days off are quiet too
     */
    record Chosen(
            @NotNull Map<String, String> deliveries,
            @NotNull @Schema(example = "21:00") String quietFrom,
            @NotNull @Schema(example = "07:00") String quietUntil,
            boolean quietRestDays) {}

    @Operation(summary = "How I hear of things")
    @GetMapping
    Chosen show() {
        Choice choice = preferences.of(users.require());
        Map<String, String> deliveries = new TreeMap<>();
        choice.deliveries().forEach((kind, delivery) -> deliveries.put(kind.code(), delivery.code()));
        return new Chosen(
                deliveries,
                choice.quiet().from().toString(),
                choice.quiet().until().toString(),
                choice.quiet().restDays());
    }

    @Operation(summary = "Choose how I hear of things", description = "The reminders of a duty cannot be switched off.")
    @PostMapping
    Chosen choose(@Valid @RequestBody Chosen chosen) {
        Map<NewsKind, Delivery> deliveries = new EnumMap<>(NewsKind.class);
        chosen.deliveries()
                .forEach((kind, delivery) -> deliveries.put(
                        one(NewsKind.class, kind, "notification.problem.kind"),
                        one(Delivery.class, delivery, "notification.problem.delivery")));
        QuietHours quiet = new QuietHours(
                time(chosen.quietFrom(), "quietFrom"), time(chosen.quietUntil(), "quietUntil"), chosen.quietRestDays());
        preferences.choose(new Choice(deliveries, quiet), users.require());
        return show();
    }

    private static <E extends Enum<E>> E one(Class<E> type, String code, String messageKey) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(code)) {
                return value;
            }
        }
        throw ValidationException.of("deliveries", "unknown", messageKey);
    }

    private static LocalTime time(String text, String field) {
        try {
            return LocalTime.parse(text).withSecond(0).withNano(0);
        } catch (DateTimeException e) {
            throw ValidationException.of(field, "malformed", "notification.problem.time");
        }
    }
}
