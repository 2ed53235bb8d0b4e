package org.manyi.org;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Names of posts as people say them: 第一小学 校长, 联系领导 3. */
@Component
class PostNames {

    private final MessageSource messages;

    PostNames(MessageSource messages) {
        this.messages = messages;
    }

    /** The post's name with its unit, in the current language; bureau posts are named without a unit. */
    String of(String postKey, String role, Unit unit) {
        String roleName = role(postKey, role, unit);
        return unit.type() == UnitType.BUREAU ? roleName : message("org.post.of", unit.shortName(), roleName);
    }

    /** The name of the post's part in the unit, in the current language; a kindergarten's principal is a 园长. */
    String role(String postKey, String role, Unit unit) {
        if (PostKeys.isLeader(postKey)) {
            return message("org.role.leader", postKey.substring(postKey.indexOf(':') + 1));
        }
        return message(
                unit.isKindergarten() && role.equals("principal")
                        ? "org.role.principal.kindergarten"
                        : "org.role." + role);
    }

    private String message(String code, Object... args) {
        Locale locale = LocaleContextHolder.getLocale();
        return messages.getMessage(code, args, locale);
    }
}
