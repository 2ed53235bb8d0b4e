create table counter (
    series varchar(64) primary key,
    n bigint not null
);

create table clock (
    id smallint primary key,
    offset_millis bigint not null
);

insert into clock (id, offset_millis) values (1, 0);
