-- A day on which reminders were planned, and the day up to which they had been planned before: what fell due in between is made up for.
create table notification_run (
    run_date date primary key,
    since_date date not null,
    planned_at timestamp with time zone not null
);

-- Who is to be reminded on a day: open until written, one row and one mail at most.
create table notification_digest (
    run_date date not null,
    username varchar(64) not null,
    state varchar(16) not null,
    primary key (run_date, username)
);

create index notification_digest_open on notification_digest (run_date, state, username);
