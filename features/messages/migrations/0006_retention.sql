-- How long messages stay: of the workspace, a space or a channel. The nearest row counts; `days` null is for ever.
create table retention_rule (
    place_id uuid primary key,
    days bigint check (days between 1 and 3650),
    keep_marked bigint not null check (keep_marked in (0, 1))
);

-- While it stands, nothing of a channel, or nothing that a person wrote, is deleted, by nobody.
create table hold (
    subject_id uuid primary key,
    kind text not null check (kind in ('channel', 'person')),
    reason text not null,
    created_by uuid not null references person (id),
    created_at bigint not null
);
