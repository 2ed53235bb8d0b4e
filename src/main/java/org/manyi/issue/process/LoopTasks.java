package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;

/** Answers the inbox for the tasks of one process. */
class LoopTasks implements TaskHandler {

    private final String process;
    private final Map<String, IssueTask> tasks;
    private final IssueStore store;
    private final Discretion discretion;
    private final IssueViews views;

    LoopTasks(String process, List<IssueTask> all, IssueStore store, Discretion discretion, IssueViews views) {
        this.process = process;
        this.tasks = all.stream()
                .filter(task -> task.process().equals(process))
                .collect(Collectors.toMap(IssueTask::key, Function.identity()));
        this.store = store;
        this.discretion = discretion;
        this.views = views;
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
        return task(task).offer(store.find(task.caseNumber()), task);
    }

    @Override
    public Map<String, Object> formData(TaskRef task, CurrentUser user) {
        return task(task).formData(store.find(task.caseNumber()));
    }

    @Override
    public Map<String, List<Option>> options(TaskRef task, CurrentUser user) {
        return task(task).options(store.find(task.caseNumber()), user);
    }

    @Override
    public void checkAssignee(TaskRef task, CurrentUser candidate) {
        Issue issue = store.find(task.caseNumber());
        discretion.checkAssignee(issue, candidate);
        task(task).checkAssignee(issue, candidate);
    }

    @Override
    public Set<String> supervisorPosts(TaskRef task) {
        return task(task).supervisorPosts();
    }

    @Override
    public Predicate<String> assignablePosts(TaskRef task) {
        return task(task).assignablePosts();
    }

    @Override
    public Bulk bulk(String taskKey) {
        return tasks.get(taskKey).bulk();
    }

    @Override
    public void check(TaskSubmission submission) {
        TaskRef task = submission.task();
        task(task).check(store.find(task.caseNumber()), submission);
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        TaskRef task = submission.task();
        return task(task).complete(store.forChange(task.caseNumber()), submission);
    }

    @Override
    public String caseStatus(String caseNumber) {
        return store.find(caseNumber).status().code();
    }

    @Override
    public CaseView view(String caseNumber, CurrentUser user) {
        return views.summary(caseNumber, user);
    }

    private IssueTask task(TaskRef task) {
        return tasks.get(task.key());
    }
}
