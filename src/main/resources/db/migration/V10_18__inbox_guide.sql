-- Who has read what he can do here, and need not be shown the way to it any more.
create table inbox_guide_read (
    username varchar(64) primary key,
    read_at timestamp with time zone not null
);
