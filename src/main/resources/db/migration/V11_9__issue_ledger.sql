-- The ledger's rarer filters and orders: each index holds the filtered rows in the order of the list.
create index issue_by_category on issue (category, raised_at, number);
create index issue_by_source on issue (source, raised_at, number);
create index issue_by_end on issue (closed_at, raised_at, number);
create index issue_by_round on issue (round, raised_at, number);
create index issue_round_by_cause on issue_round (cause, number);
