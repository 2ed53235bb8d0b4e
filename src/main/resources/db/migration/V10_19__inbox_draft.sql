-- What somebody has typed into a task's form and not submitted; goes when the task ends. version: the task's when it was typed.
create table inbox_draft (
    task_id varchar(64) not null,
    username varchar(64) not null,
    version integer not null,
    typed varchar(100000) not null,
    saved_at timestamp with time zone not null,
    primary key (task_id, username),
    constraint inbox_draft_task foreign key (task_id) references inbox_task (task_id)
);
