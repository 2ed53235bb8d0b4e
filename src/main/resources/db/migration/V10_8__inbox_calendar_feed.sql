-- The calendar that a person's own programs fetch by a secret address, of which only the hash is kept. No row: it is turned off.
create table inbox_calendar_feed (
    username varchar(64) primary key,
    token_hash varchar(64) not null,
    created_at timestamp with time zone not null,
    last_used_at timestamp with time zone,
    constraint inbox_calendar_feed_token unique (token_hash)
);
