-- The node that is moving the clock, and until when it is believed to live; no node takes jobs meanwhile.
alter table clock add column mover varchar(36);
alter table clock add column moving_until timestamp with time zone;
