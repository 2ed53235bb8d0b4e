-- The codes that somebody's phone makes. No secret: it was taken away, and by whom, until the person sets it up anew.
create table second_factor (
    username varchar(64) primary key references account (username),
    secret varchar(400),
    -- The newest thirty seconds whose code was accepted: no code is good twice.
    last_step bigint not null,
    changed_at timestamp with time zone not null,
    reset_by varchar(64)
);

-- Hashes of the codes for the day the phone is gone; a code that was used is deleted.
create table second_factor_recovery (
    username varchar(64) not null references account (username),
    code_hash varchar(64) not null,
    constraint second_factor_recovery_pk primary key (username, code_hash)
);
