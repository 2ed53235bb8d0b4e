-- What each unit that helps contributes in each round. Files are a list of attachment ids, as JSON.
create table issue_co_handling (
    number varchar(32) not null references issue (number),
    round integer not null,
    unit_code varchar(32) not null,
    state varchar(16) not null,
    asked_at timestamp with time zone not null,
    contribution varchar(4000),
    files varchar(4000),
    contributed_by varchar(64),
    contributed_at timestamp with time zone,
    primary key (number, round, unit_code)
);
