package org.manyi.campaign.web;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.SchoolLedger;
import org.manyi.security.CurrentUsers;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Schools' ledgers of work by API; items are closed by their tasks. */
@RestController
@RequestMapping("/api/v1/campaigns/{id}/schools/{code}/ledger")
@Tag(name = "Campaigns")
class LedgerApi {

    private final SchoolLedger ledgers;
    private final CurrentUsers users;

    LedgerApi(SchoolLedger ledgers, CurrentUsers users) {
        this.ledgers = ledgers;
        this.users = users;
    }

    /** An item to be written. */
    record Entry(String content, String measure, String person, LocalDate due) {

        SchoolLedger.Entry read() {
            return new SchoolLedger.Entry(content, measure, person, due);
        }
    }

    /** Why an item is taken back. */
    record Withdrawal(String reason) {}

    /** An item. */
    record Item(CampaignApi.Work work, String measure, String person) {}

    /** A ledger. */
    record Answer(int total, int closed, int late, boolean mayWrite, List<Item> items) {}

    @Operation(summary = "A school's ledger of work, open items first")
    @GetMapping
    Answer of(@PathVariable String id, @PathVariable String code) {
        SchoolLedger.Ledger ledger = ledgers.of(id, code, users.require());
        return new Answer(
                ledger.total(),
                ledger.closed(),
                ledger.late(),
                ledger.mayWrite(),
                ledger.items().stream()
                        .map(item -> new Item(CampaignApi.Work.of(item.work()), item.measure(), item.person()))
                        .toList());
    }

    @Operation(summary = "Add an item to one's school's ledger; it becomes a task of the school")
    @PostMapping
    Answer add(@PathVariable String id, @PathVariable String code, @RequestBody Entry entry) {
        ledgers.add(id, code, entry.read(), users.require());
        return of(id, code);
    }

    @Operation(summary = "Change an item that is not closed")
    @PostMapping("/{number}")
    Answer change(
            @PathVariable String id, @PathVariable String code, @PathVariable String number, @RequestBody Entry entry) {
        ledgers.change(number, entry.read(), users.require());
        return of(id, code);
    }

    @Operation(summary = "Take an item back that is not closed")
    @PostMapping("/{number}/withdraw")
    Answer withdraw(
            @PathVariable String id,
            @PathVariable String code,
            @PathVariable String number,
            @RequestBody Withdrawal asked) {
        ledgers.withdraw(number, asked.reason(), users.require());
        return of(id, code);
    }
}
