-- The lists of the inbox, each a range of one index that holds only the rows the list can show.
create index inbox_task_mine on inbox_task (assignee, overdue_from, task_id) where state = 'open' and assignee is not null;
create index inbox_task_done on inbox_task (done_by, done_at, task_id) where state = 'done';
create index inbox_task_open on inbox_task (overdue_from, task_id) where state = 'open';
create index inbox_task_newest on inbox_task (created_at, task_id) where state = 'open';
create index inbox_candidate_due on inbox_candidate (post_key, overdue_from, task_id) where waiting;
create index inbox_candidate_newest on inbox_candidate (post_key, created_at, task_id) where waiting;
create index inbox_case_restricted on inbox_case (case_number) where restricted;
