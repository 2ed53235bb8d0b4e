-- What the marker file in the evidence directory says: a node that sees another directory is found out.
create table evidence_directory (
    id smallint primary key,
    mark uuid not null
);
