-- Which due dates a change made later: whose they are is told when all are counted.
create table calendar_moved (
    change_id bigint not null references calendar_change (id) on delete cascade,
    room varchar(32) not null,
    date_key varchar(200) not null,
    case_number varchar(100) not null,
    from_day date not null,
    to_day date not null,
    primary key (change_id, room, date_key)
);

-- How often in a row the next batch of a change has failed, and since when nobody tries any more until an administrator asks for it.
alter table calendar_change add column attempts integer default 0 not null;
alter table calendar_change add column failure varchar(200);
alter table calendar_change add column failed_at timestamp with time zone;
