-- Filters of the inbox kept under a name. The id stands in the address by which others open them; it holds no more than what stands in an
-- inbox's own address.
create table inbox_named_view (
    id varchar(36) primary key,
    username varchar(64) not null,
    name varchar(40) not null,
    filters varchar(500) not null,
    created_at timestamp with time zone not null,
    constraint inbox_named_view_name unique (username, name)
);
