-- A year's campaign. plan_version is the version of its plan that holds; draft, decided (running and closed follow with its processes);
-- submitted_at is set while a draft waits for its decision, returned_reason while it is back for revision.
create table campaign (
    id varchar(32) primary key,
    plan_id varchar(64) not null,
    plan_year integer not null,
    title varchar(100) not null,
    state varchar(16) not null,
    plan_version integer not null,
    rolled_from varchar(32) references campaign (id),
    created_by varchar(64) not null,
    created_at timestamp with time zone not null,
    submitted_by varchar(64),
    submitted_at timestamp with time zone,
    returned_reason varchar(500),
    decided_by varchar(64),
    decided_at timestamp with time zone,
    version integer not null
);

create index campaign_year on campaign (plan_year, id);

-- Every version of a plan, whole, as JSON. Never changed.
create table campaign_plan_version (
    campaign_id varchar(32) not null references campaign (id),
    number integer not null,
    plan text not null,
    saved_by varchar(64) not null,
    saved_at timestamp with time zone not null,
    note varchar(200),
    primary key (campaign_id, number)
);

-- What happened to it, with the reasons given in words.
create table campaign_history (
    campaign_id varchar(32) not null references campaign (id),
    place integer not null,
    at timestamp with time zone not null,
    actor varchar(64) not null,
    event varchar(32) not null,
    plan_version integer not null,
    reason varchar(500),
    primary key (campaign_id, place)
);
