create table import_batch (
    id uuid primary key,
    kind varchar(40) not null,
    file_name varchar(200) not null,
    sha256 varchar(64) not null,
    size_bytes bigint not null,
    uploader varchar(64) not null,
    uploaded_at timestamp with time zone not null,
    mapping varchar(1000000) not null,
    mapping_chosen boolean not null,
    status varchar(10) not null,
    purpose varchar(10) not null,
    stage varchar(10),
    run uuid,
    lease_until timestamp with time zone,
    rows_read integer not null,
    rows_valid integer not null,
    rows_invalid integer not null,
    rows_skipped integer not null,
    skipped_rows varchar(4000) not null,
    error_count integer not null,
    failure varchar(120),
    failure_args varchar(2000),
    applied_at timestamp with time zone,
    applied_by varchar(64),
    -- kind and hash of the file once it is applied: the same file never is twice.
    applied_key varchar(120) unique
);

create index import_batch_of_kind on import_batch (kind, uploaded_at);
create index import_batch_running on import_batch (status, lease_until);

create table import_error (
    batch_id uuid not null references import_batch (id),
    seq integer not null,
    sheet varchar(200),
    row_no integer,
    column_letter varchar(3),
    field varchar(80),
    code varchar(80) not null,
    message_key varchar(120) not null,
    args varchar(8000) not null,
    primary key (batch_id, seq)
);

-- The file as uploaded, encrypted and in parts, until it is applied or expires.
create table import_content (
    batch_id uuid not null references import_batch (id),
    part integer not null,
    sealed varchar(1000000) not null,
    primary key (batch_id, part)
);
