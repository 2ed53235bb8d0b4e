create table attachment (
    id uuid primary key,
    owner_type varchar(32) not null,
    owner_id varchar(64) not null,
    name varchar(200) not null,
    size_bytes bigint not null,
    sha256 varchar(64) not null,
    media_type varchar(100) not null,
    uploader varchar(64) not null,
    uploaded_at timestamp with time zone not null,
    captured_at timestamp with time zone,
    place varchar(20),
    repeated boolean not null
);

create index attachment_owner on attachment (owner_type, owner_id, uploaded_at);
create index attachment_sha256 on attachment (sha256);
