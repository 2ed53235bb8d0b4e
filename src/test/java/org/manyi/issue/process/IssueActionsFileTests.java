package org.manyi.issue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.process.IssueActions.Part;

class IssueActionsFileTests {

    private static final Path PAGE = Path.of("docs/issue-actions.md");

    /** Run with {@code MANYI_WRITE_DOCS=true} in the environment to write the page anew. */
    @Test
    void thePageForReadersSaysWhatTheTableSays() throws IOException {
        String page = page();
        if ("true".equals(System.getenv("MANYI_WRITE_DOCS"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        List<IssueAction> actions = EnumSet.allOf(IssueAction.class).stream()
                .filter(action -> IssueActions.RULES.stream().anyMatch(rule -> rule.action() == action))
                .toList();
        StringBuilder page = new StringBuilder("""
                # What can be done to an issue, when and by whom

                Written from `IssueActions`; `IssueActionsFileTests` fails when the two differ, and `IssueActionSweepTests` tries every status,
                action and person at the desk itself. Rows are statuses, columns what `actions` of an issue names and
                `POST /api/v1/issues/{number}/actions/{action}` does; a cell says who. An empty cell is a 409 (not-active), anybody else a 403.

                """);
        row(page, "status", actions.stream().map(action -> "`" + action.code() + "`"));
        row(page, "---", actions.stream().map(action -> "---"));
        for (IssueStatus status : IssueStatus.values()) {
            row(page, "`" + status.code() + "`", actions.stream().map(action -> who(action, status)));
        }
        return page.append("""

                Besides: `shelve` needs a day to be reviewed on; `resume` is for the leader who decides on shelving; a department that is the
                responsible unit itself may `addCoUnit` too; `completeStage` is for what is kept up for long. `requestExtension` needs a last day that is not over and days left; `changeUnit` no leader's decision on the unit;
                `merge` an open issue of the same school that one sees, with a reporter where this one has one; `moveTo` a step for which the
                issue has what it needs, a unit to sign or rectify, a verified round to call back or approve, a reporter to call. `revealReporter`
                is nobody's by status: whoever has the task of speaking with the reporter, of the issue or of the one it was merged into, has it.
                """).toString();
    }

    private static void row(StringBuilder page, String first, java.util.stream.Stream<String> cells) {
        page.append("| ")
                .append(first)
                .append(" | ")
                .append(cells.collect(Collectors.joining(" | ")))
                .append(" |\n");
    }

    private static String who(IssueAction action, IssueStatus status) {
        return Arrays.stream(Part.values())
                .filter(part -> IssueActions.allows(action, status, EnumSet.of(part)))
                .map(Part::words)
                .collect(Collectors.joining(", "));
    }
}
