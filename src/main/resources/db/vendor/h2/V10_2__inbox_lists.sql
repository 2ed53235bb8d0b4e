-- The lists of the inbox, each a range of one index.
create index inbox_task_mine on inbox_task (assignee, state, overdue_from, task_id);
create index inbox_task_done on inbox_task (done_by, done_at, task_id);
create index inbox_task_open on inbox_task (state, overdue_from, task_id);
create index inbox_task_newest on inbox_task (state, created_at, task_id);
create index inbox_candidate_due on inbox_candidate (post_key, waiting, overdue_from, task_id);
create index inbox_candidate_newest on inbox_candidate (post_key, waiting, created_at, task_id);
