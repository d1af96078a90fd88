-- Blobs that somebody has just put or let go: looked at later, and removed when nothing names them then.
create table blob_leftover (
    hash text primary key,
    look_at bigint not null,
    -- 1 while it is being removed: nobody may name it any more.
    dropping bigint not null
);
create index blob_leftover_by_time on blob_leftover (look_at);
