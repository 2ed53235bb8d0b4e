-- What the columns of a form stand for, kept under a name for all who may import the kind.
create table import_template (
    id uuid primary key,
    kind varchar(40) not null,
    name varchar(60) not null,
    owner varchar(64) not null,
    saved_at timestamp with time zone not null,
    headers varchar(1000000) not null,
    sheets varchar(1000000) not null,
    constraint import_template_name unique (kind, name)
);
