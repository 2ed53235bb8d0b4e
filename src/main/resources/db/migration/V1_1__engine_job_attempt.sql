-- A run of a job that has begun. It goes with the job, or when the job fails in an orderly way; one that is found again belongs to a
-- node that went down.
create table engine_job_attempt (
    job_id varchar(64) primary key references act_ru_job (id_) on delete cascade,
    attempts integer not null,
    running boolean not null
);
