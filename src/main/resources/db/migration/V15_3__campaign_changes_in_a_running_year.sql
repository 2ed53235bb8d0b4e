-- What changes while a year runs: dates by a new version of the plan, dates asked for by who does the work, work done on behalf, work no
-- longer wanted, schools that join or leave.

-- The version of the plan whose day a piece of work has; own_day: a person has named its day, which the plan does not shorten.
alter table campaign_work add column plan_version integer;
update campaign_work set plan_version = (select c.plan_version from campaign c where c.id = campaign_work.campaign_id);
alter table campaign_work alter column plan_version set not null;
alter table campaign_work add column own_day boolean default false not null;
-- Entered by the department for who did it.
alter table campaign_work add column on_behalf boolean default false not null;
create index campaign_work_plan_version on campaign_work (campaign_id, plan_version);

-- A change of a running plan and how far it has been carried out. state: running, done.
create table campaign_adjustment (
    campaign_id varchar(32) not null references campaign (id),
    plan_version integer not null,
    state varchar(16) not null,
    reason varchar(500) not null,
    asked_by varchar(64) not null,
    asked_at timestamp with time zone not null,
    -- How many pieces of work were not done when it was asked for, and how many have another day because of it.
    works_total integer not null,
    works_moved integer not null,
    done_at timestamp with time zone,
    primary key (campaign_id, plan_version)
);

-- The schools that join or leave by a change.
create table campaign_adjustment_school (
    campaign_id varchar(32) not null,
    plan_version integer not null,
    school_code varchar(32) not null,
    joins boolean not null,
    done boolean not null,
    primary key (campaign_id, plan_version, school_code),
    foreign key (campaign_id, plan_version) references campaign_adjustment (campaign_id, plan_version)
);

-- The day from which a school takes part that joined when the phase had begun.
alter table campaign_part add column joined_on date;

-- A later day asked for. state: asked, granted, refused, dropped.
create table campaign_later_date (
    number varchar(100) not null references campaign_work (number),
    place integer not null,
    wanted_on date not null,
    reason varchar(500) not null,
    -- Asked when the day was over: granted or not, the work is late.
    after_due boolean not null,
    asked_by varchar(64) not null,
    asked_at timestamp with time zone not null,
    state varchar(16) not null,
    granted_on date,
    decided_by varchar(64),
    decided_at timestamp with time zone,
    answer varchar(500),
    primary key (number, place)
);
