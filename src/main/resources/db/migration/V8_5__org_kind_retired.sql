-- A kind of institution that is not given to any further unit is retired, never deleted: units bear it.
alter table org_kind add column active boolean default true not null;
