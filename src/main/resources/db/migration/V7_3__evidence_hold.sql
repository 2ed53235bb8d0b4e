-- Until when no file may go, because a backup that has seen its row has yet to read its bytes.
create table evidence_hold (
    id smallint primary key,
    held_until timestamp with time zone not null
);

insert into evidence_hold (id, held_until) values (1, timestamp with time zone '2000-01-01 00:00:00+00');
