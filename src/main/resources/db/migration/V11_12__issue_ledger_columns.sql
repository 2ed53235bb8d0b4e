-- The ledger's columns that triage may name: on what the demand rests, what shall be reached, which leader answers for it.
alter table issue add column basis varchar(500);
alter table issue add column goal varchar(500);
alter table issue add column leader varchar(50);

-- Numbers set aside for the rows of an import that is being written; next_n to last_n are not given yet. Those given back are
-- given to whatever is raised next.
create table issue_number_block (
    batch_id varchar(36) primary key,
    series varchar(64) not null,
    next_n bigint not null,
    last_n bigint not null,
    given_back boolean not null,
    set_aside_at timestamp with time zone not null
);
create index issue_number_block_free on issue_number_block (series, given_back, next_n);
