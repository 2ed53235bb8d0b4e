-- A mail is written when it is handed over; until then its row holds what it will say.
alter table mail add column model varchar(100000);
alter table mail alter column text_body drop not null;
alter table mail alter column html_body drop not null;
