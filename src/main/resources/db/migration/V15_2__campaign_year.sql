-- The issued plan: what the paper is called, since when the year runs, and what became of the city's results.
alter table campaign add column document_number varchar(64);
alter table campaign add column issued_on date;
alter table campaign add column published_where varchar(200);
alter table campaign add column started_at timestamp with time zone;
alter table campaign add column closed_at timestamp with time zone;
-- Until when a leader waits for the city's rank, after its day in the plan.
alter table campaign add column city_rank_awaited_until date;

-- A phase that has begun. state: opening (schools are still being given their parts), open, done (no part is left, or the phase's time is
-- over). Who moves it from open to done tells the process, once.
create table campaign_phase (
    campaign_id varchar(32) not null references campaign (id),
    phase_id varchar(64) not null,
    state varchar(16) not null,
    opened_at timestamp with time zone not null,
    parts_done_at timestamp with time zone,
    primary key (campaign_id, phase_id)
);

create index campaign_phase_state on campaign_phase (state, campaign_id, phase_id);

-- A school's part of a phase. state: planned, open, done. late: it was open when the phase's time was over.
create table campaign_part (
    campaign_id varchar(32) not null,
    phase_id varchar(64) not null,
    school_code varchar(32) not null,
    state varchar(16) not null,
    late boolean not null,
    opened_at timestamp with time zone,
    done_at timestamp with time zone,
    primary key (campaign_id, phase_id, school_code),
    foreign key (campaign_id, phase_id) references campaign_phase (campaign_id, phase_id)
);

create index campaign_part_state on campaign_part (campaign_id, phase_id, state, school_code);

-- One piece of the year's work: a node, done by its owner, a unit or a post. state: planned, open, checking, returned, done.
create table campaign_work (
    number varchar(100) primary key,
    campaign_id varchar(32) not null references campaign (id),
    node_id varchar(64) not null,
    phase_id varchar(64) not null,
    occurrence integer not null,
    name varchar(100) not null,
    unit_code varchar(32),
    post varchar(80),
    starts_on date not null,
    due_on date not null,
    provisional boolean not null,
    state varchar(16) not null,
    opened_at timestamp with time zone,
    handed_in_by varchar(64),
    handed_in_at timestamp with time zone,
    report varchar(2000),
    files varchar(4000) not null,
    -- Handed in for the first time after its day; stays so.
    late boolean not null,
    returns integer not null,
    returned_reason varchar(500),
    checked_by varchar(64),
    checked_at timestamp with time zone,
    done_at timestamp with time zone
);

create index campaign_work_node on campaign_work (campaign_id, node_id, state);
create index campaign_work_unit on campaign_work (campaign_id, unit_code, due_on);

create table campaign_work_history (
    number varchar(100) not null references campaign_work (number),
    place integer not null,
    at timestamp with time zone not null,
    actor varchar(64) not null,
    event varchar(32) not null,
    reason varchar(2000),
    primary key (number, place)
);

-- The city's results (S0-29) as one person enters and another confirms them. state: entered, refused, confirmed.
create table campaign_external_result (
    campaign_id varchar(32) not null references campaign (id),
    place integer not null,
    city_rank integer not null,
    score numeric(5, 2),
    published_on date not null,
    paper varchar(200) not null,
    state varchar(16) not null,
    entered_by varchar(64) not null,
    entered_at timestamp with time zone not null,
    checked_by varchar(64),
    checked_at timestamp with time zone,
    reason varchar(500),
    primary key (campaign_id, place)
);

-- What the calendar does has no actor.
alter table campaign_history alter column actor drop not null;
