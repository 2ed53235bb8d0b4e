package org.manyi.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskQuery;
import org.manyi.inbox.TaskQuery.Sort;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.Slice;

/**
 * A page of the inbox and its capped counts among 10,000, 100,000 and 1,000,000 open tasks, beside the engine's own query for the tasks
 * that are assigned to somebody or offered to a post of his, over the same tasks in the same run. The other sizes are given by
 * {@code -Dbench.sizes=10000,100000}; {@code -Dbench.slow=5} prints the statements of what takes longer than 5 ms.
 */
public final class Inbox {

    private static final List<Integer> SIZES = Stream.of(
                    System.getProperty("bench.sizes", "10000,100000,1000000").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final double SLOW = Double.parseDouble(System.getProperty("bench.slow", "Infinity"));
    private static final int MOST_ROUNDS = 200;
    private static final int FEWEST_ROUNDS = 3;
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("bench.millis", 400));
    private static final int DEEP = 50;

    private final Map<String, String> people = new LinkedHashMap<>();
    private final Spy spy;
    private final Report report;
    private final BenchApplication application;
    private final org.manyi.inbox.Inbox inbox;
    private final TaskService engine;
    private final CurrentUsers users;

    private Inbox(Report report, BenchApplication application, Spy spy) {
        this.report = report;
        this.application = application;
        this.spy = spy;
        this.inbox = application.get(org.manyi.inbox.Inbox.class);
        this.engine = application.get(TaskService.class);
        this.users = application.get(CurrentUsers.class);
        people.put(Population.TYPICAL, "one of a school's twenty");
        people.put(Population.HEAVY, "a tenth of all tasks at hand");
        people.put(Population.LEADER, "oversees a fifth of the schools");
        people.put("chair", "sees everything");
    }

    /** What is asked, by whom, and what it took: all in all, and in the database alone. */
    private static final class Question {
        private final String who;
        private final String what;
        private final Times.Work work;
        private final Times all = new Times();
        private final Times database = new Times();
        private int statements;
        private long spent;

        Question(String who, String what, Times.Work work) {
            this.who = who;
            this.what = what;
            this.work = work;
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Inbox");
        Spy spy = new Spy();
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(database, Map.of(), spy)) {
            Inbox bench = new Inbox(report, application, spy);
            bench.people.forEach((who, what) -> System.out.println(who + ": " + what));
            Population population = new Population(database, false);
            List<String> ratios = new ArrayList<>();
            for (int size : SIZES) {
                long begun = System.nanoTime();
                population.growTo(size);
                System.out.printf("%,d tasks made in %d s%n", size, (System.nanoTime() - begun) / 1_000_000_000);
                bench.measure(size, ratios);
            }
            report.head("open tasks", "who", "engine's page, ms", "both of Manyi's, ms", "times as fast", "engine's count, ms", "Manyi's, ms");
            for (String ratio : ratios) {
                report.line(ratio);
            }
        }
    }

    private void measure(int size, List<String> ratios) throws Exception {
        List<Question> questions = new ArrayList<>();
        for (String who : people.keySet()) {
            questions.addAll(questions(who));
        }
        for (int round = 0; round < MOST_ROUNDS + 2; round++) {
            for (Question question : questions) {
                if (question.spent < BUDGET || question.all.size() < FEWEST_ROUNDS) {
                    ask(question, round >= 2 || question.spent > BUDGET / 2);
                }
            }
        }
        report.head("open tasks", "who", "what", "times", "p50, ms", "p95, ms", "in the database p50, ms", "p95, ms", "statements");
        for (Question question : questions) {
            report.row(
                    "%,d".formatted(size),
                    question.who,
                    question.what,
                    question.all.size(),
                    question.all.median(),
                    question.all.p95(),
                    question.statements == 0 ? "" : (Object) question.database.median(),
                    question.statements == 0 ? "" : (Object) question.database.p95(),
                    question.statements == 0 ? "" : (Object) question.statements);
        }
        for (String who : people.keySet()) {
            double engines = of(questions, who, "engine: page").all.median();
            double ours = of(questions, who, "mine, first page").all.median()
                    + of(questions, who, "claimable, first page").all.median();
            ratios.add("| %,d | %s | %,.1f | %.2f | %,.0f | %,.1f | %.2f |"
                    .formatted(
                            size,
                            who,
                            engines,
                            ours,
                            engines / ours,
                            of(questions, who, "engine: count").all.median(),
                            of(questions, who, "counts of the four views").all.median()));
        }
    }

    private static Question of(List<Question> questions, String who, String what) {
        return questions.stream()
                .filter(question -> question.who.equals(who) && question.what.equals(what))
                .findFirst()
                .orElseThrow();
    }

    private void ask(Question question, boolean counts) throws Exception {
        spy.reset();
        long begun = System.nanoTime();
        question.work.run();
        long took = System.nanoTime() - begun;
        question.spent += took;
        if (counts) {
            question.all.add(took);
            question.database.add(spy.seen().nanos());
            question.statements = spy.seen().statements();
            if (question.all.size() == FEWEST_ROUNDS && spy.seen().nanos() / 1e6 > SLOW) {
                System.out.println("-- " + question.who + ", " + question.what + "\n" + spy.seen().texts());
            }
        }
    }

    private List<Question> questions(String who) throws Exception {
        CurrentUser user = users.byUsername(who);
        List<Question> questions = new ArrayList<>();
        for (View view : View.values()) {
            String name = view.name().toLowerCase(Locale.ROOT);
            TaskQuery first = query(view, null, null);
            questions.add(new Question(who, name + ", first page", () -> inbox.list(first, user)));
            String cursor = deep(view, user);
            if (cursor != null) {
                TaskQuery deep = query(view, null, cursor);
                questions.add(new Question(who, name + ", page " + DEEP * 5, () -> inbox.list(deep, user)));
            }
        }
        questions.add(new Question(who, "newest first, claimable", () -> inbox.list(
                new TaskQuery(View.CLAIMABLE, null, null, null, null, Sort.NEWEST, null, 20), user)));
        questions.add(new Question(who, "overdue only, supervised", () -> inbox.list(
                new TaskQuery(View.SUPERVISED, true, null, null, null, Sort.DUE, null, 20), user)));
        questions.add(new Question(who, "counts of the four views", () -> inbox.counts(query(View.MINE, null, null), user)));
        for (String text : List.of("暖气片", "积水", "查无此事", "00000%_")) {
            for (View view : List.of(View.CLAIMABLE, View.SUPERVISED)) {
                TaskQuery search = query(view, text, null);
                questions.add(new Question(
                        who, "search " + text + ", " + view.name().toLowerCase(Locale.ROOT), () -> inbox.list(search, user)));
            }
            questions.add(new Question(
                    who, "search " + text + ", four counts", () -> inbox.counts(query(View.MINE, text, null), user)));
        }
        List<String> posts = List.copyOf(user.postKeys());
        questions.add(new Question(who, "engine: page", () -> engines(who, posts).orderByDueDate().asc().listPage(0, 20)));
        questions.add(new Question(who, "engine: count", () -> engines(who, posts).count()));
        Visitor visitor = new Visitor(application.url()).login(who, BenchApplication.PASSWORD);
        questions.add(new Question(who, "the page `/inbox` by HTTP", () -> visitor.get("/inbox?view=claimable")));
        questions.add(new Question(
                who, "`/api/v1/tasks` by HTTP", () -> visitor.api("/api/v1/tasks?view=claimable")));
        return questions;
    }

    private org.camunda.bpm.engine.task.TaskQuery engines(String who, List<String> posts) {
        return engine.createTaskQuery()
                .or()
                .taskAssignee(who)
                .taskCandidateGroupIn(posts)
                .includeAssignedTasks()
                .endOr();
    }

    private String deep(View view, CurrentUser user) {
        String cursor = null;
        for (int i = 0; i < DEEP; i++) {
            Slice<TaskItem> page = inbox.list(new TaskQuery(view, null, null, null, null, Sort.DUE, cursor, 100), user);
            cursor = page.nextCursor();
            if (cursor == null) {
                return null;
            }
        }
        return cursor;
    }

    private static TaskQuery query(View view, String text, String cursor) {
        return new TaskQuery(view, null, null, null, text, Sort.DUE, cursor, 20);
    }
}
