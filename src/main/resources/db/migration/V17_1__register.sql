-- Meetings of the district (S0-14). Who sees one stands with the cases of the inbox, under its number.
create table register_meeting (
    number varchar(32) primary key,
    campaign_id varchar(32) not null,
    node_id varchar(64),
    department_code varchar(32) not null,
    title varchar(100) not null,
    on_day date not null,
    place varchar(100) not null,
    kind varchar(16) not null,
    minutes varchar(8000),
    minutes_files varchar(4000) not null,
    entered_by varchar(64) not null,
    entered_at timestamp with time zone not null,
    version integer not null
);

create index register_meeting_day on register_meeting (on_day, number);

-- Who speaks there, in the order of place. Each is a case of its own, so that a school sees its own alone. Withdrawn ones stay as rows.
create table register_speech (
    number varchar(40) primary key,
    meeting_number varchar(32) not null references register_meeting (number),
    place integer not null,
    unit_code varchar(32) not null,
    part varchar(16) not null,
    statement varchar(4000),
    files varchar(4000) not null,
    withdrawn boolean not null,
    version integer not null
);

create index register_speech_meeting on register_speech (meeting_number, place);

-- What a meeting gave a unit to do. state: open, checking, returned, done. named_day: as typed; due_on: moved to a working day.
create table register_task (
    number varchar(40) primary key,
    meeting_number varchar(32) not null references register_meeting (number),
    place integer not null,
    unit_code varchar(32) not null,
    what varchar(200) not null,
    named_day date not null,
    due_on date not null,
    provisional boolean not null,
    state varchar(16) not null,
    given_by varchar(64) not null,
    given_at timestamp with time zone not null,
    report varchar(2000),
    files varchar(4000) not null,
    handed_in_by varchar(64),
    handed_in_at timestamp with time zone,
    -- Handed in for the first time after its day; stays so.
    late boolean not null,
    returns integer not null,
    returned_reason varchar(500),
    done_at timestamp with time zone
);

create index register_task_meeting on register_task (meeting_number, place);
create index register_task_state on register_task (state, number);

create table register_task_history (
    number varchar(40) not null references register_task (number),
    place integer not null,
    at timestamp with time zone not null,
    actor varchar(64) not null,
    event varchar(32) not null,
    reason varchar(500),
    primary key (number, place)
);

-- A contact leader's calls and visits (S0-03). version names the row that holds; the others are what was corrected, and nothing is deleted.
create table register_visit (
    number varchar(32) primary key,
    leader_post varchar(80) not null,
    version integer not null
);

create index register_visit_leader on register_visit (leader_post, number);

create table register_visit_version (
    number varchar(32) not null references register_visit (number),
    version integer not null,
    on_day date not null,
    school_code varchar(32) not null,
    kind varchar(16) not null,
    found varchar(2000) not null,
    agreed varchar(2000),
    issue_number varchar(32),
    written_by varchar(64) not null,
    written_at timestamp with time zone not null,
    primary key (number, version)
);

create index register_visit_day on register_visit_version (on_day, number);

-- The groups of a school's classes (S0-19). channel: none where a class has no group.
create table register_class_group (
    school_code varchar(32) not null,
    class_name varchar(40) not null,
    channel varchar(16) not null,
    members integer not null,
    families integer not null,
    regularised boolean not null,
    regularised_on date,
    changed_by varchar(64) not null,
    changed_at timestamp with time zone not null,
    version integer not null,
    primary key (school_code, class_name)
);

-- How many families a school has in a year, which its reach is measured by.
create table register_families (
    school_code varchar(32) not null,
    for_year integer not null,
    families integer not null,
    version integer not null,
    primary key (school_code, for_year)
);

-- That the survey line 12340 was made known (S0-31): by which means, when, to how many families, with which of the shipped templates. There is
-- no place for words of one's own, and none for anything that a parent said.
create table register_publicity (
    number varchar(32) primary key,
    school_code varchar(32) not null,
    for_year integer not null,
    on_day date not null,
    means varchar(20) not null,
    reached integer not null,
    template varchar(40) not null,
    entered_by varchar(64) not null,
    entered_at timestamp with time zone not null
);

create index register_publicity_school on register_publicity (school_code, for_year, on_day);
