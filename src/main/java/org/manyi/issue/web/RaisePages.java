package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.FormFiles;
import org.manyi.issue.Concerns;
import org.manyi.issue.IssueDetail;
import org.manyi.issue.IssueItem;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Issues;
import org.manyi.issue.NewIssue;
import org.manyi.issue.Severity;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Registering an issue in pages: the form, similar issues while it is filled in, and before it is saved. */
@Controller
class RaisePages {

    private final Issues issues;
    private final FormFiles formFiles;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final MessageSource messages;
    private final IssueTexts texts;

    RaisePages(
            Issues issues,
            FormFiles formFiles,
            Organisation organisation,
            CurrentUsers users,
            MessageSource messages,
            IssueTexts texts) {
        this.issues = issues;
        this.formFiles = formFiles;
        this.organisation = organisation;
        this.users = users;
        this.messages = messages;
        this.texts = texts;
    }

    /**
     * The form as it came back; what is missing is null.
     *
     * @param kept the ids of files uploaded with an earlier try
     */
    record Typed(
            String title,
            String description,
            String kind,
            String source,
            String category,
            String severity,
            String schoolCode,
            String reporterName,
            String reporterPhone,
            Boolean childSafety,
            String concerns,
            String concernsUser,
            List<String> kept,
            Boolean confirmNotDuplicate) {

        NewIssue asNewIssue(List<String> attachmentIds) {
            return new NewIssue(
                    title,
                    description,
                    kind,
                    source,
                    category,
                    severity,
                    schoolCode,
                    new NewIssue.Reporter(reporterName, reporterPhone),
                    Boolean.TRUE.equals(childSafety),
                    concerns,
                    concernsUser,
                    attachmentIds,
                    Boolean.TRUE.equals(confirmNotDuplicate));
        }
    }

    /** Schools under the name of their district. */
    record SchoolGroup(String label, List<IssuePages.Choice> schools) {}

    @GetMapping("/issues/new")
    String form(@RequestParam(required = false) String school, Model model) {
        CurrentUser user = users.require();
        Typed blank = new Typed(
                null,
                null,
                null,
                null,
                null,
                null,
                school,
                null,
                null,
                false,
                Concerns.NOBODY.code(),
                null,
                null,
                false);
        show(blank, List.of(), user, model);
        return "issue/new";
    }

    /** Similar issues, while the title is typed. */
    @GetMapping("/issues/similar")
    String similar(
            @RequestParam(required = false) String schoolCode,
            @RequestParam(required = false) String title,
            @RequestParam(required = false) String category,
            Model model) {
        model.addAttribute("similar", issues.duplicates(schoolCode, title, category, users.require()));
        return "issue/new :: similar";
    }

    @PostMapping("/issues")
    String raise(
            @ModelAttribute Typed typed,
            @RequestParam(required = false) List<MultipartFile> files,
            Model model,
            RedirectAttributes redirect,
            HttpServletResponse response) {
        CurrentUser user = users.require();
        List<String> attachmentIds = new ArrayList<>(typed.kept() == null ? List.of() : typed.kept());
        try {
            attachmentIds.addAll(formFiles.store(files, user));
            IssueDetail raised = issues.raise(typed.asNewIssue(attachmentIds), user);
            return after(raised, redirect);
        } catch (ValidationException | ConflictException | org.manyi.shared.ContentRefusedException e) {
            response.setStatus(e.status());
            model.addAttribute("errors", told(e));
            model.addAttribute(
                    "similar",
                    e.code().equals(ConflictException.Reason.POSSIBLE_DUPLICATE.code())
                            ? issues.duplicates(typed.schoolCode(), typed.title(), typed.category(), user)
                            : List.<IssueItem>of());
            show(typed, formFiles.readable(attachmentIds, user), user, model);
            return "issue/new";
        }
    }

    private String after(IssueDetail raised, RedirectAttributes redirect) {
        boolean confidential = IssueStatus.PROTECTED.code().equals(raised.status());
        redirect.addFlashAttribute(
                "flash",
                text(
                        confidential ? "issue.said.protected" : "issue.said.raised",
                        raised.number(),
                        texts.emergencyPhone()));
        return confidential ? "redirect:/issues" : "redirect:/issues/" + raised.number();
    }

    private static List<FieldProblem> told(ProblemException refusal) {
        if (refusal.code().equals(ConflictException.Reason.POSSIBLE_DUPLICATE.code())) {
            return List.of(
                    FieldProblem.of("confirmNotDuplicate", refusal.code(), refusal.messageKey(), refusal.args()));
        }
        return refusal.fieldsOr("files");
    }

    private void show(Typed typed, List<Attachment> kept, CurrentUser user, Model model) {
        boolean all = issues.mayRaise(user) == Issues.Raising.EVERYTHING;
        model.addAttribute("typed", typed);
        model.addAttribute("kept", kept);
        model.addAttribute("schools", all ? allSchools() : ownSchools(user));
        model.addAttribute("kinds", choices("issue.kind.", IssueKind.values(), IssueKind::code));
        model.addAttribute(
                "sources",
                all
                        ? choices("issue.source.", IssueSource.values(), IssueSource::code)
                        : choices("issue.source.", new IssueSource[] {IssueSource.SELF_CHECK}, IssueSource::code));
        model.addAttribute("severities", choices("issue.severity.", Severity.values(), Severity::code));
        model.addAttribute("concernsChoices", choices("issue.concerns.", Concerns.values(), Concerns::code));
        model.addAttribute(
                "categories",
                issues.categories().stream()
                        .filter(org.manyi.issue.Category::active)
                        .map(category -> new IssuePages.Choice(category.code(), category.name()))
                        .toList());
    }

    private List<SchoolGroup> allSchools() {
        Map<String, String> districts = new LinkedHashMap<>();
        organisation.units(UnitType.DISTRICT).forEach(district -> districts.put(district.code(), district.name()));
        Map<String, List<IssuePages.Choice>> groups = new LinkedHashMap<>();
        districts.values().forEach(name -> groups.put(name, new ArrayList<>()));
        for (Unit school : organisation.units(UnitType.SCHOOL)) {
            String group = districts.getOrDefault(school.parentCode(), text("issue.school.elsewhere"));
            groups.computeIfAbsent(group, name -> new ArrayList<>())
                    .add(new IssuePages.Choice(school.code(), school.name()));
        }
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isEmpty())
                .map(group -> new SchoolGroup(group.getKey(), group.getValue()))
                .toList();
    }

    private List<SchoolGroup> ownSchools(CurrentUser user) {
        return user.unitCodes().stream()
                .sorted()
                .map(organisation::unit)
                .filter(unit -> unit.type() == UnitType.SCHOOL)
                .map(school ->
                        new SchoolGroup(school.name(), List.of(new IssuePages.Choice(school.code(), school.name()))))
                .toList();
    }

    private <E> List<IssuePages.Choice> choices(String prefix, E[] values, Function<E, String> code) {
        return Arrays.stream(values)
                .map(code)
                .map(value -> new IssuePages.Choice(value, text(prefix + value)))
                .toList();
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
