-- Exports of the whole workspace that an owner asked for. The archive lies in the data folder under this id.
create table workspace_export (
    id uuid primary key,
    person_id uuid not null references person (id),
    state text not null check (state in ('running', 'done', 'failed')),
    n_rows bigint not null,
    n_rows_total bigint not null,
    size_bytes bigint,
    created_at bigint not null,
    -- When the process that makes it last said so.
    seen_at bigint not null,
    expires_at bigint not null
);
