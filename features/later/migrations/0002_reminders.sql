-- What somebody wants to be told of again, at its time. It goes when they are done with it.
create table reminder (
    id uuid primary key,
    person_id uuid not null references person (id),
    message_id uuid not null,
    channel_id uuid not null,
    note text not null,
    due_at bigint not null,
    created_at bigint not null,
    -- When they were told; null: it waits.
    told_at bigint
);
-- The clock asks this one.
create index reminder_by_time on reminder (due_at, id) where told_at is null;
create index reminder_by_person on reminder (person_id, due_at, id);
