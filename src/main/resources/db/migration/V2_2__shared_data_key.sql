-- A word encrypted with the installation's data key: a node with another key is found out before it writes.
create table data_key (
    id smallint primary key,
    proof varchar(200) not null
);
