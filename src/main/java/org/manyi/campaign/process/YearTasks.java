package org.manyi.campaign.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;

/** Answers the inbox for the tasks of one process of the year. */
class YearTasks implements TaskHandler {

    private final String process;
    private final Map<String, YearTask> tasks;
    private final YearDesk desk;

    YearTasks(String process, List<YearTask> all, YearDesk desk) {
        this.process = process;
        this.tasks = all.stream()
                .filter(task -> task.process().equals(process))
                .collect(Collectors.toMap(YearTask::key, Function.identity()));
        this.desk = desk;
    }

    @Override
    public String process() {
        return process;
    }

    @Override
    public Set<String> taskKeys() {
        return tasks.keySet();
    }

    @Override
    public TaskOffer offer(TaskRef task) {
        return tasks.get(task.key()).offer(task.caseNumber());
    }

    @Override
    public Map<String, Object> formData(TaskRef task, CurrentUser user) {
        return tasks.get(task.key()).formData(task.caseNumber());
    }

    @Override
    public void checkAssignee(TaskRef task, CurrentUser candidate) {
        tasks.get(task.key()).checkAssignee(task.caseNumber(), candidate);
    }

    @Override
    public Bulk bulk(String taskKey) {
        return tasks.get(taskKey).bulk();
    }

    @Override
    public void check(TaskSubmission submission) {
        tasks.get(submission.task().key()).check(submission);
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        return tasks.get(submission.task().key()).complete(submission);
    }

    @Override
    public String caseStatus(String caseNumber) {
        return desk.status(caseNumber);
    }

    @Override
    public CaseView view(String caseNumber, CurrentUser user) {
        return desk.view(caseNumber, user);
    }
}
