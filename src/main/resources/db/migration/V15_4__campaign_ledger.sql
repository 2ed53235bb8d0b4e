-- A school's own ledger of work (S0-22): each item is a piece of work whose plan is the school's own, with what is done for it and who
-- answers for it at the school. Closed one by one by its task (S0-30).
create table campaign_ledger (
    number varchar(100) primary key references campaign_work (number),
    measure varchar(500) not null,
    person varchar(60) not null
);
