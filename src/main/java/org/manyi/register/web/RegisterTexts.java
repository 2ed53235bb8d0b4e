package org.manyi.register.web;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.manyi.calendar.DateTexts;
import org.manyi.evidence.Attachment;
import org.manyi.evidence.FileView;
import org.manyi.register.MeetingTasks;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The registers in words; in templates as {@code @registerTexts}. */
@Component("registerTexts")
class RegisterTexts {

    private final MessageSource messages;
    private final DateTexts dates;

    RegisterTexts(MessageSource messages, DateTexts dates) {
        this.messages = messages;
        this.dates = dates;
    }

    /** What somebody did and said. */
    public record Opinion(String who, String unit, String act, String text, String at, String instant, boolean back) {}

    /** What happened to something given to do as a list of opinions, the oldest first. */
    public List<Opinion> said(List<MeetingTasks.Entry> history) {
        List<Opinion> said = new ArrayList<>();
        for (MeetingTasks.Entry entry : history) {
            said.add(
                    0,
                    new Opinion(
                            entry.actorName(),
                            null,
                            text("register.event." + entry.event()),
                            entry.reason(),
                            dates.at(entry.at().toInstant()),
                            dates.exact(entry.at().toInstant()),
                            entry.event().equals("MeetingTaskReturned")));
        }
        return said;
    }

    /** Files as the evidence list shows them. */
    public List<FileView> files(List<Attachment> files) {
        return FileView.of(files);
    }

    /** The mark's shape for something given to do. */
    public String mark(MeetingTasks.Item task) {
        return switch (task.state()) {
            case OPEN -> task.late() ? "late" : "todo";
            case CHECKING -> "wait";
            case RETURNED -> task.late() ? "late" : "back";
            case DONE -> "done";
        };
    }

    /** Where something given to do stands; that it was late is said of it for good. */
    public String state(MeetingTasks.Item task) {
        String state = text("register.taskState." + task.state());
        return task.late() ? text("register.taskState.late", state) : state;
    }

    /** What has become of the day that was named, null when it is what it was. */
    public String dueNote(MeetingTasks.Item task) {
        if (task.moved()) {
            return text("register.due.moved", dates.full(task.namedDay()), dates.full(task.dueOn()));
        }
        return task.provisional() ? text("register.due.provisional") : null;
    }

    /** A percentage, "—" of nothing. */
    public String percent(BigDecimal percent) {
        return percent == null ? text("register.none") : text("register.percent", percent.toPlainString());
    }

    /** Whether the reader's language is Chinese, in which the templates come first. */
    public boolean chinese() {
        return LocaleContextHolder.getLocale().getLanguage().equals("zh");
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
