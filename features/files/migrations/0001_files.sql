-- What is on its way. The bytes wait in the uploads folder under this id; how many have come is their length there.
create table upload (
    id uuid primary key,
    person_id uuid not null references person (id),
    name text not null,
    size_bytes bigint not null,
    -- What the sender says of it, as JSON: type, width, height, duration, peaks.
    claims text not null,
    -- 1 when it has become a file of the same id.
    done bigint not null,
    expires_at bigint not null
);
create index upload_by_person on upload (person_id, done, size_bytes);
create index upload_by_time on upload (expires_at);

create table file (
    id uuid primary key,
    person_id uuid not null references person (id),
    -- Where it was posted; until then it is its uploader's alone.
    channel_id uuid references channel (id),
    message_id uuid,
    message_seq bigint,
    place bigint,
    name text not null,
    kind text not null check (kind in ('picture', 'video', 'sound', 'voice', 'pdf', 'file')),
    media_type text not null,
    size_bytes bigint not null,
    blob text not null,
    width bigint,
    height bigint,
    duration_ms bigint,
    peaks text,
    -- Of pictures, once they are made.
    placeholder text,
    small text,
    large text,
    -- When the small versions are to be made next, and how often that was tried; null when there is nothing to do.
    work_at bigint,
    n_tries bigint not null,
    -- The event on the channel's log that says how it turned out, so that it can be blanked.
    changed_seq bigint,
    created_at bigint not null
);
create index file_by_message on file (channel_id, message_seq, place);
create index file_by_person on file (person_id, size_bytes);
create index file_by_work on file (work_at) where work_at is not null;
create index file_by_blob on file (blob);
create index file_by_small on file (small) where small is not null;
create index file_by_large on file (large) where large is not null;
-- Files that were never posted.
create index file_by_age on file (created_at) where channel_id is null;
