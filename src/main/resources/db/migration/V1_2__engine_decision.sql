-- Every version of a decision table, never changed: its rules as JSON, and the definition of the engine that judges by them. The highest
-- number is in force. origin: shipped, edited, restored (of which number). shipped_print: which shipped table was known when it was made,
-- so that a later one is noticed. made_by and reason are null where the program brought it.
create table engine_decision_version (
    decision_key varchar(64) not null,
    number integer not null,
    rules text not null,
    origin varchar(16) not null,
    origin_number integer,
    shipped_print varchar(64) not null,
    definition_id varchar(64) not null,
    made_by varchar(64),
    made_at timestamp with time zone not null,
    reason varchar(500),
    primary key (decision_key, number)
);

-- The one draft of a decision table. based_on: the version it began from; version: counts the changes, so that two people do not overwrite
-- each other.
create table engine_decision_draft (
    decision_key varchar(64) primary key,
    rules text not null,
    based_on integer not null,
    version integer not null,
    edited_by varchar(64) not null,
    edited_at timestamp with time zone not null
);
