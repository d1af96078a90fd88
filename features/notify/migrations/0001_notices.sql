-- What calls somebody, and what became of that: one row per person and message, and none for whoever is not called. Held
-- until release_at; then released, told with all that was due, or superseded, because it was read before. What it says
-- stands in the message alone.
create table notice (
    person_id uuid not null references person (id),
    message_id uuid not null references message (id),
    channel_id uuid not null references channel (id),
    seq bigint not null,
    cause text not null check (cause in ('direct', 'mention', 'everyone', 'reply')),
    at bigint not null,
    -- Until when an answer is expected.
    due_at bigint,
    urgent bigint not null check (urgent in (0, 1)),
    state text not null check (state in ('held', 'released', 'superseded')),
    release_at bigint not null,
    -- The end of the quiet, or of the time to think, that it waits for; null when it waits for neither. It stays when the
    -- notice is read early, because its sender sees it and is not told of that.
    held_until bigint,
    settled_at bigint,
    -- What was told together.
    release_id uuid,
    -- When the person surely saw that it is there.
    seen_at bigint,
    primary key (person_id, message_id)
);
create index notice_by_message on notice (message_id);
create index notice_due on notice (release_at) where state = 'held';
create index notice_open on notice (person_id, channel_id, seq) where seen_at is null;
create index notice_shown_to_sender on notice (channel_id, held_until) where held_until is not null;
create index notice_by_time on notice (at);

-- The signed-in browsers that somebody has used since they are signed in, and when they last came to each: the newest one
-- is told, and the others stay still.
create table notice_device (
    session_id uuid primary key references session (id) on delete cascade,
    person_id uuid not null references person (id),
    used_at bigint not null
);
create index notice_device_by_person on notice_device (person_id, used_at);
