-- One row in a database that holds the demonstration district.
create table demonstration (
    id smallint primary key,
    state varchar(16) not null
);
