package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.engine.Processes;
import org.manyi.evidence.Attachment;
import org.manyi.inbox.Errands.Errand;
import org.manyi.inbox.TaskQuery.Sort;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.org.OrganisationAdministration;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ManyiTest
class InboxTests {

    private static final String PRINCIPAL = "school:S0001:principal";
    private static final String STAFF = "school:S0001:staff";

    @Autowired
    Inbox inbox;

    @Autowired
    CaseAccess access;

    @Autowired
    Errands errands;

    @Autowired
    InboxBooks books;

    @Autowired
    CurrentUsers users;

    @Autowired
    Processes processes;

    @Autowired
    OrganisationAdministration organisation;

    @Autowired
    MovableClock clock;

    @Autowired
    TransactionTemplate transaction;

    @AfterEach
    void theInboxHoldsExactlyTheEnginesOpenTasks() {
        assertThat(books.differences()).isEmpty();
    }

    @Test
    void aTaskThatArisesLiesInTheInboxOfItsPosts() {
        String number =
                errand().titled("买两盒粉笔").about("S0001").urgent(Urgency.URGENT).start();

        TaskItem task = task(number, "doErrand", "principal001");
        assertThat(task)
                .returns("跑一趟", TaskItem::name)
                .returns(Errands.PROCESS, TaskItem::process)
                .returns("买两盒粉笔", TaskItem::title)
                .returns("S0001", item -> item.school().code())
                .returns("D1", item -> item.district().code())
                .returns(null, TaskItem::assignee)
                .returns("urgent", TaskItem::urgency)
                .returns(false, TaskItem::overdue)
                .returns(1, TaskItem::version)
                .returns(List.of(PRINCIPAL, STAFF), TaskItem::candidatePosts)
                .returns(List.of("claim", "complete", "assign"), TaskItem::actions);
        assertThat(numbers(View.CLAIMABLE, "principal001")).contains(number);
        assertThat(numbers(View.CLAIMABLE, "staff001")).contains(number);
        assertThat(numbers(View.MINE, "principal001")).doesNotContain(number);
        assertThat(numbers(View.CLAIMABLE, "principal002")).doesNotContain(number);
    }

    @Test
    void aTaskForNobodyGoesToTheHeadOfTheOffice() {
        String number = errands.errand().doneBy().start();

        assertThat(task(number, "doErrand", "office").candidatePosts()).containsExactly(TaskArrivals.FALLBACK_POST);
    }

    @Test
    void aTaskForAPostThatNobodyHoldsGoesToTheHeadOfTheOfficeToo() {
        String number = errands.errand().doneBy("team:99:inspector").start();

        assertThat(task(number, "doErrand", "office").candidatePosts())
                .containsExactlyInAnyOrder("team:99:inspector", TaskArrivals.FALLBACK_POST);
    }

    @Test
    void whoHoldsAllOfSeveralPostsHasTheTaskAtOnce() {
        String number =
                errands.errand().doneBy("dept:jijiao:staff", "dept:jijiao:head").start();

        assertThat(task(number, "doErrand", "jijiao").assignee().username()).isEqualTo("jijiao");
        assertThat(numbers(View.MINE, "jijiao")).contains(number);
        assertThat(numbers(View.CLAIMABLE, "jijiao")).doesNotContain(number);
    }

    @Test
    void whoHoldsTheOnlyPostIsAskedToTakeTheTask() {
        String number = errands.errand().doneBy("dept:jijiao:staff").start();

        assertThat(numbers(View.CLAIMABLE, "jijiao")).contains(number);
    }

    @Test
    void whoIsBarredByTheCaseDoesNotGetTheTaskAtOnce() {
        String number = errands.errand()
                .doneBy("dept:jijiao:staff", "dept:jijiao:head")
                .without("jijiao")
                .start();

        TaskItem task = task(number, "doErrand", "jijiao");
        assertThat(task.assignee()).isNull();
        assertThat(task.actions()).containsExactly("assign");
    }

    @Test
    void whoIsBarredByTheCaseNeitherTakesTheTaskNorCompletesItUntaken() {
        String number = errands.errand()
                .doneBy("dept:jijiao:staff", "dept:jijiao:head")
                .without("jijiao")
                .start();
        TaskItem task = task(number, "doErrand", "jijiao");

        assertField("username barred", () -> inbox.claim(task.id(), user("jijiao")));
        assertField(
                "username barred",
                () -> inbox.complete(task.id(), task.version(), Map.of("note", "已去"), user("jijiao")));
    }

    @Test
    void aTakenTaskIsMineAndNoLongerOffered() {
        String number = errand().start();

        TaskItem taken = inbox.claim(id(number), user("staff001"));

        assertThat(taken.assignee().username()).isEqualTo("staff001");
        assertThat(taken.version()).isEqualTo(2);
        assertThat(taken.actions()).containsExactly("unclaim", "complete", "assign");
        assertThat(numbers(View.MINE, "staff001")).contains(number);
        assertThat(numbers(View.CLAIMABLE, "principal001")).doesNotContain(number);
        assertThat(numbers(View.SUPERVISED, "principal001")).contains(number);
        assertThat(inbox.claim(id(number), user("staff001")).version()).isEqualTo(2);
    }

    @Test
    void aTaskThatSomebodyElseHasCannotBeTakenOrCompleted() {
        String number = errand().start();
        TaskItem taken = inbox.claim(id(number), user("staff001"));

        assertConflict("already-claimed", () -> inbox.claim(taken.id(), user("principal001")));
        assertConflict("already-claimed", () -> complete(taken, "principal001"));
        assertThat(errands.completions(number)).isZero();
    }

    @Test
    void aTaskGivenBackIsOfferedAgain() {
        String number = errand().start();
        inbox.claim(id(number), user("staff001"));
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> inbox.unclaim(id(number), user("principal001")));

        inbox.unclaim(id(number), user("staff001"));

        assertThat(numbers(View.CLAIMABLE, "principal001")).contains(number);
        assertThat(numbers(View.MINE, "staff001")).doesNotContain(number);
    }

    @Test
    void aTaskThatIsSeenButNotOfferedIsRefusedAndOneThatIsNotSeenDoesNotExist() {
        String number = errand().about("S0001").start();
        TaskItem task = task(number, "doErrand", "district1");

        assertThat(task.actions()).isEmpty();
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> inbox.claim(task.id(), user("district1")));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> complete(task, "district1"));
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> inbox.form(task.id(), user("district1")));
        for (String stranger : List.of("principal002", "district2", "sysadmin", "auditor")) {
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> inbox.find(task.id(), user(stranger)));
            assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> complete(task, stranger));
            assertThat(inbox.tasksOf(number, user(stranger))).isEmpty();
        }
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> inbox.find("no\0task", user("chair")));
    }

    @Test
    void whoGivesUpAPostLeavesItsTasksToTheNextHolder() {
        organisation.assign("team:5:inspector", "staff040");
        String kept = errands.errand()
                .doneBy("team:5:inspector", "school:S0040:staff")
                .start();
        String left = errands.errand().doneBy("team:5:inspector").start();
        inbox.claim(id(kept), user("staff040"));
        inbox.claim(id(left), user("staff040"));

        organisation.release("team:5:inspector", "staff040");

        assertThat(numbers(View.MINE, "staff040")).contains(kept).doesNotContain(left);
        assertThat(numbers(View.CLAIMABLE, "inspector5")).contains(left);
    }

    @Test
    void aTaskIsHandedOverToWhomTheRulesAllowAndTheReasonIsKept() {
        String number = errand().without("principal001").start();
        TaskItem task = inbox.claim(id(number), user("staff001"));

        assertField("username notCandidate", () -> inbox.assign(task.id(), "staff002", "外出培训", user("staff001")));
        assertField("username barred", () -> inbox.assign(task.id(), "principal001", "外出培训", user("staff001")));
        assertField("username same", () -> inbox.assign(task.id(), "staff001", "外出培训", user("staff001")));
        assertField("username unknown", () -> inbox.assign(task.id(), "nobody", "外出培训", user("staff001")));
        assertField("reason tooShort", () -> inbox.assign(task.id(), "staff002", "忙", user("staff001")));
        assertThat(inbox.assignees(task.id(), user("staff001"))).isEmpty();
        assertThat(inbox.comments(number, user("staff001"))).isEmpty();

        String other = errand().start();
        inbox.assign(id(other), "staff001", "她熟悉情况", user("principal001"));
        assertThat(numbers(View.MINE, "staff001")).contains(other);
        assertThat(inbox.comments(other, user("staff001"))).singleElement().satisfies(comment -> assertThat(comment)
                .returns("principal001", c -> c.author().username())
                .returns("staff001", c -> c.assignee().username())
                .returns("她熟悉情况", TaskComment::text));
    }

    @Test
    void whoSupervisesATaskMayGiveItToAnotherTeamWhichThenSeesTheCase() {
        String number = errand().about("S0001")
                .supervisedBy("district:D1:staff")
                .orBy(post -> post.startsWith("team:"))
                .start();
        assertThat(inbox.tasksOf(number, user("inspector2"))).isEmpty();
        assertThat(inbox.assignees(id(number), user("district1")))
                .extracting(TaskItem.PersonRef::username)
                .contains("principal001", "staff001", "inspector1", "inspector2")
                .doesNotContain("district1", "staff002");

        inbox.assign(id(number), "inspector2", "请第二组去看看", user("district1"));

        assertThat(task(number, "doErrand", "inspector2").candidatePosts()).contains("team:2:inspector");
        assertThat(numbers(View.MINE, "inspector2")).contains(number);
        assertThatExceptionOfType(ForbiddenException.class)
                .isThrownBy(() -> inbox.assign(id(number), "staff001", "要回来", user("leader1")));
    }

    @Test
    void aCompletedTaskIsDoneAndMovesTheCaseOn() {
        String number = errand().start();
        TaskItem task = task(number, "doErrand", "staff001");

        Inbox.Completed completed = inbox.complete(
                task.id(),
                task.version(),
                Map.of("note", "  买到了  ", "again", true, "dueDate", "2030-01-01"),
                user("staff001"));

        assertThat(completed.caseNumber()).isEqualTo(number);
        assertThat(completed.caseStatus()).isEqualTo("errand");
        assertThat(completed.nextTasks()).extracting(TaskItem::key).contains("doErrand");
        assertThat(numbers(View.DONE, "staff001")).contains(number);
        TaskDetail detail = inbox.detail(task.id(), user("staff001"));
        assertThat(detail.doneBy().username()).isEqualTo("staff001");
        assertThat(detail.submitted())
                .containsExactly(
                        new SubmittedLine("note", null, "办得怎么样", SubmittedLine.Kind.TEXT, List.of("买到了"), List.of()),
                        new SubmittedLine("again", null, "再跑一趟", SubmittedLine.Kind.TICK, List.of("true"), List.of()));
    }

    @Test
    void whatWasSubmittedIsReadByThoseWhoHadAPartInIt() {
        String number = errand().about("S0001").start();
        TaskItem task = task(number, "doErrand", "staff001");
        complete(task, "staff001");

        assertThat(inbox.detail(task.id(), user("principal001")).submitted()).isNotEmpty();
        assertThat(inbox.detail(task.id(), user("chair")).submitted()).isNotEmpty();
        assertThat(inbox.detail(task.id(), user("district1")).submitted()).isEmpty();
    }

    @Test
    void whatTheProcessEndsIsWithdrawnForEverybody() {
        String number = errand().advisedBy(PRINCIPAL).start();
        TaskItem advice = task(number, "adviseErrand", "principal001");

        complete(task(number, "doErrand", "staff001"), "staff001");

        assertThat(inbox.detail(advice.id(), user("principal001")).withdrawn()).isTrue();
        assertThat(numbers(View.CLAIMABLE, "principal001")).doesNotContain(number);
        assertConflict("not-active", () -> complete(advice, "principal001"));
        assertConflict("not-active", () -> inbox.form(advice.id(), user("principal001")));
    }

    @Test
    void aTaskIsNotCompletedTwiceNorWithAnOldVersion() {
        String number = errand().start();
        TaskItem opened = task(number, "doErrand", "staff001");
        inbox.claim(opened.id(), user("staff001"));

        assertConflict("stale-version", () -> complete(opened, "staff001"));
        TaskItem now = task(number, "doErrand", "staff001");
        complete(now, "staff001");
        assertConflict("not-active", () -> complete(now, "staff001"));
        assertThat(errands.completions(number)).isEqualTo(1);
    }

    @Test
    void theFormIsHeldOnTheServer() {
        String number = errand().start();
        TaskItem task = task(number, "doErrand", "staff001");

        assertField(
                "note required, shop choice, receipts file",
                () -> inbox.complete(
                        task.id(),
                        task.version(),
                        Map.of("shop", "elsewhere", "receipts", List.of("not-mine")),
                        user("staff001")));
        assertField(
                "note lazy", () -> inbox.complete(task.id(), task.version(), Map.of("note", "没去"), user("staff001")));
        assertThat(errands.completions(number)).isZero();
        assertThat(task(number, "doErrand", "staff001").version()).isEqualTo(task.version());
    }

    @Test
    void theFormOffersWhatTheCaseOffers() {
        String number = errand().start();

        Inbox.TaskForm form = inbox.form(id(number), user("staff001"));

        assertThat(form.version()).isEqualTo(1);
        assertThat(form.schema()).containsEntry("id", "doErrand");
        assertThat(form.data())
                .isEqualTo(Map.of("note", "还没去", "shops", List.of(Map.of("value", "corner", "label", "街角文具店"))));
    }

    @Test
    void whoMayCompleteMayAttachAndTheFilesAreThoseOfTheTask() {
        String number = errand().about("S0001").start();
        String other = errand().about("S0001").start();
        Attachment receipt = attach(number, "staff001");
        Attachment elsewhere = attach(other, "staff001");
        assertThatExceptionOfType(ForbiddenException.class).isThrownBy(() -> attach(number, "district1"));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> attach(number, "staff002"));
        TaskItem task = task(number, "doErrand", "staff001");

        assertField(
                "receipts file",
                () -> inbox.complete(
                        task.id(),
                        task.version(),
                        Map.of("note", "买到了", "receipts", List.of(elsewhere.id())),
                        user("staff001")));
        inbox.complete(
                task.id(), task.version(), Map.of("note", "买到了", "receipts", List.of(receipt.id())), user("staff001"));

        assertThat(inbox.detail(task.id(), user("staff001")).files()).containsOnlyKeys(receipt.id());
        assertConflict("not-active", () -> attach(number, task.id(), "staff001"));
    }

    @Test
    void aRemarkIsSeenByAllWhoSeeTheCase() {
        String number = errand().about("S0001").start();

        inbox.comment(id(number), " 店关门了 ", user("staff001"));
        inbox.comment(id(number), "换一家", user("district1"));

        assertThat(inbox.comments(number, user("principal001")))
                .extracting(TaskComment::text)
                .containsExactly("店关门了", "换一家");
        assertField("text required", () -> inbox.comment(id(number), " ", user("staff001")));
        assertField("text tooLong", () -> inbox.comment(id(number), "长".repeat(2001), user("staff001")));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> inbox.comments(number, user("principal002")));
    }

    @Test
    void ofEightWhoTakeOrCompleteATaskAtOnceOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String number = errands.errand().doneBy(everyTeam()).start();
            TaskItem task = task(number, "doErrand", "inspector1");
            List<Callable<String>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String username = "inspector" + (i % 6 + 1);
                boolean completes = (round + i) % 2 == 0;
                attempts.add(() -> outcome(() -> {
                    if (completes) {
                        complete(task, username);
                    } else {
                        inbox.claim(task.id(), user(username));
                    }
                }));
            }

            List<String> outcomes = atOnce(attempts);

            assertThat(outcomes).allMatch(Set.of("won", "already-claimed", "not-active", "stale-version")::contains);
            TaskDetail after = inbox.detail(task.id(), user("chair"));
            assertThat(outcomes).contains("won");
            assertThat(errands.completions(number)).isEqualTo(after.doneBy() == null ? 0 : 1);
            assertThat(after.item().assignee()).isNotNull();
        }
    }

    @Test
    void ofEightWhoCompleteATaskAtOnceOneIsKept() throws Exception {
        for (int round = 0; round < 10; round++) {
            String number = errands.errand().doneBy(everyTeam()).start();
            TaskItem task = task(number, "doErrand", "inspector1");
            List<Callable<String>> attempts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String username = "inspector" + (i % 6 + 1);
                attempts.add(() -> outcome(() -> complete(task, username)));
            }

            List<String> outcomes = atOnce(attempts);

            assertThat(outcomes).containsOnlyOnce("won");
            assertThat(outcomes).allMatch(Set.of("won", "not-active")::contains);
            assertThat(errands.completions(number)).isEqualTo(1);
        }
    }

    @Test
    void twoTasksOfOneCaseCanBeCompletedAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            String number = errands.errand()
                    .doneBy("team:1:inspector")
                    .advisedBy("team:2:inspector")
                    .start();
            TaskItem errand = task(number, "doErrand", "inspector1");
            TaskItem advice = task(number, "adviseErrand", "inspector2");

            List<String> outcomes = atOnce(List.of(
                    () -> outcome(() -> complete(errand, "inspector1")),
                    () -> outcome(() -> complete(advice, "inspector2"))));

            // The errand's end withdraws the advice, so whoever advises later comes too late; the errand itself is
            // never refused.
            assertThat(outcomes.get(0)).isEqualTo("won");
            assertThat(outcomes.get(1)).isIn("won", "not-active");
        }
    }

    @Test
    void theListIsFilteredByTextSchoolAndProcess() {
        String wanted = errand().titled("修旗杆 100% Steel_Pole").about("S0001").start();
        String other = errand().titled("修围墙").about("S0001").start();

        assertThat(numbers(query(View.CLAIMABLE, "旗杆", null), "staff001"))
                .contains(wanted)
                .doesNotContain(other);
        assertThat(numbers(query(View.CLAIMABLE, "steel_p", null), "staff001"))
                .contains(wanted)
                .doesNotContain(other);
        assertThat(numbers(query(View.CLAIMABLE, "100%", null), "staff001"))
                .contains(wanted)
                .doesNotContain(other);
        assertThat(numbers(query(View.CLAIMABLE, other, null), "staff001")).containsExactly(other);
        assertThat(numbers(query(View.CLAIMABLE, "%", null), "staff001"))
                .contains(wanted)
                .doesNotContain(other);
        assertThat(numbers(query(View.CLAIMABLE, "a\0b", null), "staff001")).isEmpty();
        assertThat(numbers(query(View.CLAIMABLE, null, "S0001"), "staff001")).contains(wanted, other);
        assertThat(numbers(query(View.CLAIMABLE, null, "S0002"), "staff001")).isEmpty();
        assertThat(numbers(query(View.SUPERVISED, "旗杆", "S0001"), "chair")).containsExactly(wanted);
    }

    @Test
    void aTaskIsOverdueFromTheDayAfterItsDueDay() {
        String late = errand().titled("期限").dueOn(clock.today().minusDays(1)).start();
        String inTime = errand().titled("期限").dueOn(clock.today()).start();

        assertThat(task(late, "doErrand", "staff001").overdue()).isTrue();
        assertThat(task(inTime, "doErrand", "staff001").overdue()).isFalse();
        assertThat(numbers(new TaskQuery(View.CLAIMABLE, true, null, null, "期限", Sort.DUE, null, 20), "staff001"))
                .containsExactly(late);
        assertThat(numbers(new TaskQuery(View.CLAIMABLE, false, null, null, "期限", Sort.DUE, null, 20), "staff001"))
                .containsExactly(inTime);
        assertThat(numbers(new TaskQuery(View.CLAIMABLE, null, null, null, "期限", Sort.DUE, null, 20), "staff001"))
                .containsExactly(late, inTime);
    }

    @Test
    void aTaskDoneLateStaysKnownAsLate() {
        String late = errand().titled("办晚了").dueOn(clock.today().minusDays(1)).start();
        String inTime = errand().titled("办晚了").dueOn(clock.today()).start();
        complete(task(late, "doErrand", "staff001"), "staff001");
        complete(task(inTime, "doErrand", "staff001"), "staff001");

        assertThat(numbers(new TaskQuery(View.DONE, true, null, null, "办晚了", Sort.DUE, null, 20), "staff001"))
                .containsExactly(late);
        assertThat(numbers(new TaskQuery(View.DONE, null, null, null, "办晚了", Sort.DUE, null, 20), "staff001"))
                .containsExactly(inTime, late);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrDouble() {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < 7; i++) {
            all.add(errands.errand()
                    .titled("翻页")
                    .dueOn(clock.today().plusDays(i % 3))
                    .doneBy("team:3:inspector", "team:4:inspector")
                    .start());
        }
        for (Sort sort : Sort.values()) {
            List<String> seen = new ArrayList<>();
            String cursor = null;
            do {
                Slice<TaskItem> page = inbox.list(
                        new TaskQuery(View.CLAIMABLE, null, null, null, "翻页", sort, cursor, 2), user("inspector3"));
                assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
                assertThat(page.count()).isEqualTo(new Count(7, false));
                page.items().forEach(item -> seen.add(item.caseNumber()));
                cursor = page.nextCursor();
            } while (cursor != null);
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        }
        Slice<TaskItem> byDue = inbox.list(
                new TaskQuery(View.CLAIMABLE, null, null, null, "翻页", Sort.DUE, null, 20), user("inspector3"));
        assertThat(byDue.items()).isSortedAccordingTo(java.util.Comparator.comparing(TaskItem::dueDate));
        String foreign = inbox.list(
                        new TaskQuery(View.CLAIMABLE, null, null, null, "翻页", Sort.DUE, null, 2), user("inspector3"))
                .nextCursor();
        assertField(
                "cursor malformed",
                () -> inbox.list(
                        new TaskQuery(View.CLAIMABLE, null, null, null, "翻页", Sort.NEWEST, foreign, 2),
                        user("inspector3")));
    }

    @Test
    void whoOverseesSeesTheTasksOfOthersAndNotHisOwn() {
        String number = errands.errand()
                .titled("督办")
                .about("S0001")
                .doneBy(STAFF)
                .advisedBy("district:D1:staff")
                .start();
        TaskQuery query = query(View.SUPERVISED, "督办", null);

        assertThat(keys(query, "chair")).containsExactlyInAnyOrder("doErrand", "adviseErrand");
        assertThat(keys(query, "district1")).containsExactly("doErrand");
        assertThat(keys(query, "staff001")).containsExactly("adviseErrand");
        assertThat(keys(query, "principal001")).containsExactlyInAnyOrder("doErrand", "adviseErrand");
        assertThat(keys(query, "district2")).isEmpty();
        assertThat(keys(query, "sysadmin")).isEmpty();
        assertThat(inbox.counts(query, user("chair")).get(View.SUPERVISED)).isEqualTo(new Count(2, false));
        assertThat(numbers(View.SUPERVISED, "chair")).contains(number);
    }

    @Test
    void aCaseHiddenFromAUnitIsHiddenFromEverybodyOfIt() {
        String number = errand().about("S0001").start();
        restrict(number, CaseAccess.Restriction.UNIT_HIDDEN, "S0001", null);

        for (String hidden : List.of("principal001", "staff001")) {
            assertThat(access.visible(user(hidden), number)).isFalse();
            assertThat(numbers(View.CLAIMABLE, hidden)).doesNotContain(number);
        }
        assertThat(access.visible(user("district1"), number)).isTrue();
    }

    @Test
    void aCaseHiddenFromAPersonIsHiddenWhateverPostsHeHolds() {
        String number = errand().about("S0001").start();
        inbox.claim(id(number), user("staff001"));
        restrict(number, CaseAccess.Restriction.NONE, null, "staff001");

        assertThat(numbers(View.MINE, "staff001")).doesNotContain(number);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> access.require(user("staff001"), number));
        assertThat(access.visible(user("principal001"), number)).isTrue();
    }

    @Test
    void aProtectedMatterIsSeenByItsHandlerAndTheChairOnly() {
        String number = errand().about("S0001").start();
        restrict(number, CaseAccess.Restriction.PROTECTED, null, null);

        for (String other :
                List.of("principal001", "district1", "leader1", "deputy2", "jijiao", "office", "sysadmin")) {
            assertThat(access.visible(user(other), number)).as(other).isFalse();
            assertThat(numbers(View.SUPERVISED, other)).as(other).doesNotContain(number);
            assertThat(numbers(View.CLAIMABLE, other)).as(other).doesNotContain(number);
        }
        assertThat(access.visible(user("chair"), number)).isTrue();
        transaction.executeWithoutResult(status -> access.grant(number, List.of(), List.of(CaseAccessBook.PROTECTOR)));
        assertThat(access.visible(user("protector"), number)).isTrue();
    }

    @Test
    void aGrantedExtensionMovesTheDueDateButNotTheVersion() {
        String number = errand().start();
        TaskItem before = task(number, "doErrand", "staff001");

        transaction.executeWithoutResult(status -> inbox.reschedule(
                number,
                "doErrand",
                new org.manyi.calendar.Due(
                        before.dueDate().plusDays(7), null, clock.today(), 8, before.provisional())));
        transaction.executeWithoutResult(status -> inbox.press(number, Urgency.CRITICAL));

        TaskItem after = task(number, "doErrand", "staff001");
        assertThat(after.dueDate()).isEqualTo(before.dueDate().plusDays(7));
        assertThat(after.urgency()).isEqualTo("critical");
        assertThat(after.version()).isEqualTo(before.version());
    }

    @Test
    void aTaskThatTheInboxLacksIsTakenInAndOneTheEngineLacksIsWithdrawn() {
        String number = errand().start();
        TaskItem task = task(number, "doErrand", "staff001");
        forget(task.id());
        assertThat(books.differences()).singleElement().asString().contains(task.id(), "not in the inbox");

        assertThat(books.repair()).isEqualTo(1);

        assertThat(task(number, "doErrand", "staff001").id()).isEqualTo(task.id());
    }

    @Autowired
    org.springframework.jdbc.core.simple.JdbcClient jdbc;

    private void forget(String taskId) {
        for (String table : List.of("inbox_candidate", "inbox_task")) {
            jdbc.sql("delete from " + table + " where task_id = :id")
                    .param("id", taskId)
                    .update();
        }
    }

    private Errand errand() {
        return errands.errand().doneBy(PRINCIPAL, STAFF);
    }

    private static String[] everyTeam() {
        return java.util.stream.IntStream.rangeClosed(1, 6)
                .mapToObj(team -> "team:" + team + ":inspector")
                .toArray(String[]::new);
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private String id(String number) {
        return task(number, "doErrand", "chair").id();
    }

    private TaskItem task(String number, String key, String username) {
        return inbox.tasksOf(number, user(username)).stream()
                .filter(item -> item.key().equals(key))
                .findFirst()
                .map(item -> inbox.find(item.id(), user(username)))
                .orElseThrow();
    }

    private Inbox.Completed complete(TaskItem task, String username) {
        Map<String, Object> values = task.key().equals("doErrand") ? Map.of("note", "买到了") : Map.of();
        return inbox.complete(task.id(), task.version(), values, user(username));
    }

    private Attachment attach(String number, String username) {
        return attach(number, id(number), username);
    }

    private Attachment attach(String number, String taskId, String username) {
        byte[] pdf = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                .concat(number)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return inbox.attach(taskId, "票据.pdf", new ByteArrayInputStream(pdf), user(username));
    }

    private void restrict(String number, CaseAccess.Restriction restriction, String unit, String person) {
        transaction.executeWithoutResult(status -> access.restrict(number, restriction, unit, person));
    }

    private static TaskQuery query(View view, String text, String school) {
        return new TaskQuery(view, null, null, school, text, Sort.DUE, null, 100);
    }

    private List<String> numbers(View view, String username) {
        return numbers(query(view, null, null), username);
    }

    private List<String> numbers(TaskQuery query, String username) {
        return everyPage(query, username).stream()
                .map(TaskItem::caseNumber)
                .distinct()
                .toList();
    }

    private List<String> keys(TaskQuery query, String username) {
        return everyPage(query, username).stream().map(TaskItem::key).toList();
    }

    private List<TaskItem> everyPage(TaskQuery query, String username) {
        List<TaskItem> items = new ArrayList<>();
        String cursor = null;
        do {
            Slice<TaskItem> page = inbox.list(
                    new TaskQuery(
                            query.view(),
                            query.overdue(),
                            query.process(),
                            query.school(),
                            query.text(),
                            query.sort(),
                            cursor,
                            query.size()),
                    user(username));
            items.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return items;
    }

    private static void assertConflict(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        ConflictException conflict = catchThrowableOfType(ConflictException.class, change);
        assertThat(conflict).as("conflict").isNotNull();
        assertThat(conflict.code()).isEqualTo(code);
    }

    private static void assertField(String expected, org.assertj.core.api.ThrowableAssert.ThrowingCallable change) {
        ValidationException refused = catchThrowableOfType(ValidationException.class, change);
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.fields().stream().map(problem -> problem.field() + " " + problem.code()))
                .containsExactly(expected.split(", "));
    }

    private static String outcome(Runnable change) {
        try {
            change.run();
            return "won";
        } catch (ConflictException e) {
            return e.code();
        }
    }

    private static List<String> atOnce(List<Callable<String>> attempts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(attempts.size());
        try {
            CyclicBarrier start = new CyclicBarrier(attempts.size());
            List<Future<String>> running = new ArrayList<>();
            for (Callable<String> attempt : attempts) {
                running.add(threads.submit(() -> {
                    start.await();
                    return attempt.call();
                }));
            }
            List<String> outcomes = new ArrayList<>();
            for (Future<String> one : running) {
                outcomes.add(one.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
