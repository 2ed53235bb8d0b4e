-- One row in a database that holds the demonstration district.
create table demonstration (
    id smallint primary key,
    state varchar(16) not null
);

-- How far business time is from system time, the same on every node.
create table clock (
    id smallint primary key,
    offset_millis bigint not null
);

insert into clock (id, offset_millis) values (1, 0);
