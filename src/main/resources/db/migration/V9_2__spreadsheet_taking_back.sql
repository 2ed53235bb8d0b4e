alter table import_batch add column reverted_at timestamp with time zone;
alter table import_batch add column reverted_by varchar(64);

-- What an applied batch made and changed, with what it was before, encrypted and in parts, until it is taken back or too old to be.
create table import_change (
    batch_id uuid not null references import_batch (id),
    part integer not null,
    sealed varchar(1000000) not null,
    primary key (batch_id, part)
);
