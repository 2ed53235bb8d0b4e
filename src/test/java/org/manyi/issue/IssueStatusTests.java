package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssueStatusTests {

    @ParameterizedTest
    @EnumSource
    void isKnownByItsCode(IssueStatus status) {
        assertThat(IssueStatus.of(status.code())).contains(status);
    }

    @ParameterizedTest
    @EnumSource
    void noStepLeadsToWhereOneIs(IssueStatus status) {
        assertThat(status.canTransitionTo(status)).isFalse();
    }

    @Test
    void everyStatusIsReachedFromTheFirst() {
        Set<IssueStatus> reached = EnumSet.of(IssueStatus.REGISTERED);
        Deque<IssueStatus> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            IssueStatus here = open.pop();
            Arrays.stream(IssueStatus.values())
                    .filter(here::canTransitionTo)
                    .filter(reached::add)
                    .forEach(open::push);
        }
        assertThat(reached).containsExactlyInAnyOrder(IssueStatus.values());
    }

    @Test
    void whatIsDeclinedProtectedWithdrawnOrMergedStaysSo() {
        for (IssueStatus end :
                EnumSet.of(IssueStatus.DECLINED, IssueStatus.PROTECTED, IssueStatus.WITHDRAWN, IssueStatus.MERGED)) {
            assertThat(IssueStatus.values()).noneMatch(end::canTransitionTo).noneMatch(end::canBeMovedTo);
        }
    }

    @Test
    void whatIsClosedOrAnsweredIsTakenOffNoMore() {
        for (IssueStatus end : EnumSet.of(IssueStatus.CLOSED, IssueStatus.ANSWERED)) {
            assertThat(end.canTransitionTo(IssueStatus.WITHDRAWN)).isFalse();
            assertThat(end.canTransitionTo(IssueStatus.MERGED)).isFalse();
            assertThat(IssueStatus.values()).noneMatch(end::canBeMovedTo);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsMovedToWhereItIsOrIntoAnEnd(IssueStatus status) {
        assertThat(IssueStatus.values())
                .filteredOn(status::canBeMovedTo)
                .doesNotContain(status)
                .noneMatch(IssueStatus::isFinal);
    }

    @Test
    void closureIsReachedByApprovalOnly() {
        assertThat(IssueStatus.values())
                .filteredOn(status -> status.canTransitionTo(IssueStatus.CLOSED))
                .containsExactly(IssueStatus.APPROVING);
    }
}
