-- How often units returned it; whether a leader has decided whose it is for good; whether what was asked or suggested was taken up as
-- a rectification; into which issue it was merged; what triage wants the reporter to be asked, while that is open.
alter table issue add column returns integer default 0 not null;
alter table issue add column unit_final boolean default false not null;
alter table issue add column taken_up boolean default false not null;
alter table issue add column merged_into varchar(32) references issue (number);
alter table issue add column question varchar(500);

create index issue_by_survivor on issue (merged_into);

-- What the reporter was asked, for a contact that asked something.
alter table issue_contact add column question varchar(500);
