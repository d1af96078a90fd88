-- A time in which somebody receives people of a channel one after the other. What it is about is the text of its message.
create table office_hours (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    message_id uuid not null unique references message (id),
    host_id uuid not null references person (id),
    minutes bigint not null,
    opened_at bigint not null,
    until_at bigint not null,
    -- When it goes on, while whoever hosts it is away.
    later_at bigint,
    ended_at bigint
);
create index office_hours_by_channel on office_hours (channel_id, ended_at);
create index office_hours_by_host on office_hours (host_id);

-- Somebody's place in the queue; whoever was received, or leaves, has none.
create table office_place (
    office_id uuid not null references office_hours (id),
    person_id uuid not null references person (id),
    idx bigint not null,
    about text not null,
    -- Whether they are told by a reminder when they are next, and when it gets later.
    tells bigint not null,
    taken_at bigint not null,
    promised_at bigint not null,
    -- What was promised before.
    was_at bigint,
    -- How often they were called and did not come.
    n_missed bigint not null,
    was_told_next bigint not null,
    -- While they are called, or inside: since when, in which session of which conversation, and since when they are there.
    called_at bigint,
    live_id uuid,
    live_channel_id uuid,
    arrived_at bigint,
    primary key (office_id, person_id)
);
create index office_place_by_person on office_place (person_id);
create index office_place_by_live on office_place (live_id);
