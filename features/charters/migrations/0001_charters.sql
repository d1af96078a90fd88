-- What a place expects, as JSON, once for each change: what was asked before keeps what held then. A version without a
-- charter takes it back. scope_id is the workspace, a space, a channel or a topic.
create table charter (
    scope_id uuid not null,
    version bigint not null,
    charter text,
    changed_by uuid not null references person (id),
    changed_at bigint not null,
    primary key (scope_id, version)
);
