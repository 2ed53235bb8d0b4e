create table counter (
    series varchar(64) primary key,
    n bigint not null
);
