-- Who is spoken to of a step and when: so many working days before its due day, on it (0), or after it (negative). The ladder of a process and
-- step holds in place of that of its process (task_key *), and that in place of the one for all (* and *).
-- recipient: holder, substitute, principal, head, leader, department.
create table notification_ladder (
    process varchar(64) not null,
    task_key varchar(64) not null,
    days integer not null,
    recipient varchar(16) not null,
    primary key (process, task_key, days, recipient)
);

-- Who has the task is reminded as ever; then it goes up: a school's step to its principal, a department's to its head, then to the school's
-- contact leader, and last to the department answerable for the school.
insert into notification_ladder (process, task_key, days, recipient) values
    ('*', '*', 1, 'holder'),
    ('*', '*', 0, 'holder'),
    ('*', '*', -1, 'holder'),
    ('*', '*', -1, 'principal'),
    ('*', '*', -1, 'head'),
    ('*', '*', -3, 'leader'),
    ('*', '*', -5, 'department');

-- What a day's reminder says beyond the ladder for all of who has the task, the most pressing tasks of each person only: mine, or in the
-- person's charge. total: how many there are.
create table notification_line (
    run_date date not null,
    username varchar(64) not null,
    task_id varchar(64) not null,
    part varchar(8) not null,
    total integer not null,
    primary key (run_date, username, task_id)
);

-- The nodes of running years that say themselves when they are spoken of, as of the last planned day.
create table notification_node (
    campaign_id varchar(32) not null,
    node_id varchar(64) not null,
    primary key (campaign_id, node_id)
);
