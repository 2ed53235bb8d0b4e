package org.manyi.backup.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.manyi.backup.BackupRun;
import org.manyi.backup.Backups;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Backups made, and another one; the files themselves stay on the machine, for they hold more than any administrator may see. */
@Controller
class BackupPages {

    private final Backups backups;
    private final CurrentUsers users;
    private final Accounts accounts;
    private final MessageSource messages;

    BackupPages(Backups backups, CurrentUsers users, Accounts accounts, MessageSource messages) {
        this.backups = backups;
        this.users = users;
        this.accounts = accounts;
        this.messages = messages;
    }

    @Bean
    static NavigationEntry backupEntry() {
        return NavigationEntry.of("backups", "/backups", "backup.title", "device-floppy", 85, Set.of(Role.SYSADMIN));
    }

    @GetMapping("/backups")
    String list(Model model) {
        List<BackupRun> runs = backups.latest();
        Map<String, String> names = accounts.names(runs.stream()
                .map(BackupRun::requestedBy)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
        model.addAttribute("runs", runs);
        model.addAttribute("names", names);
        model.addAttribute("directory", backups.directory().toString());
        return "backup/list";
    }

    @PostMapping("/backups")
    String make(Locale locale, RedirectAttributes redirect) {
        backups.request(users.require());
        redirect.addFlashAttribute("flash", messages.getMessage("backup.asked", null, locale));
        return "redirect:/backups";
    }
}
