-- How long messages stay: of the workspace, a space or a channel. The nearest row counts; `days` null is for ever.
create table retention_rule (
    place_id uuid primary key,
    days bigint check (days between 1 and 3650),
    keep_marked bigint not null check (keep_marked in (0, 1))
);

-- While it stands, nothing of a channel, or nothing that a person wrote, is lost: no rule deletes it, and what people
-- delete is kept in held_copy.
create table hold (
    subject_id uuid primary key,
    kind text not null check (kind in ('channel', 'person')),
    reason text not null,
    created_by uuid not null references person (id),
    created_at bigint not null
);

-- What was deleted while it was held, as it was; it goes when no hold covers it any more.
create table held_copy (
    message_id uuid primary key references message (id),
    channel_id uuid not null references channel (id),
    author_id uuid not null references person (id),
    said_at bigint not null,
    deleted_at bigint not null,
    text text not null,
    -- What the message carried on from somewhere else.
    forwarded text not null
);
create index held_copy_by_channel on held_copy (channel_id, message_id);
create index held_copy_by_author on held_copy (author_id, message_id);

-- What it said before its edits.
create table held_revision (
    message_id uuid not null references held_copy (message_id),
    at bigint not null,
    text text not null,
    primary key (message_id, at)
);

-- Its files, which keeps their bytes.
create table held_file (
    id uuid primary key,
    message_id uuid not null references held_copy (message_id),
    name text not null,
    media_type text not null,
    size_bytes bigint not null,
    blob text not null
);
create index held_file_by_message on held_file (message_id);
create index held_file_by_blob on held_file (blob);
