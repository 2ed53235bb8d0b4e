-- Whom a remark tells besides those whom every remark tells, by account: what stands in the text after an @ is never read.
create table inbox_mention (
    comment_id bigint not null,
    username varchar(64) not null,
    primary key (comment_id, username),
    constraint inbox_mention_comment foreign key (comment_id) references inbox_comment (id)
);
