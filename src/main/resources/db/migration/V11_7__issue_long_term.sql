-- The periods in which a long-term round is reported on. Files are a list of attachment ids, as JSON.
create table issue_period (
    number varchar(32) not null,
    round integer not null,
    period integer not null,
    due_date date not null,
    due_from date not null,
    provisional boolean not null,
    state varchar(16) not null,
    progress varchar(4000),
    files varchar(4000),
    stage_proposed boolean not null,
    reported_by varchar(64),
    reported_at timestamp with time zone,
    primary key (number, round, period),
    foreign key (number, round) references issue_round (number, round)
);
