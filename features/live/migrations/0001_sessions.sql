-- A time of a conversation that is live. What it is about is the text of the message under which it stands.
create table live_session (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    -- The conversation: the topic in which it began, or the stream of the channel.
    topic_id uuid references topic (id),
    message_id uuid not null unique references message (id),
    started_by uuid not null references person (id),
    started_at bigint not null,
    -- Since when others can come in; until then those who host prepare it.
    opened_at bigint,
    -- What whoever comes in is, before somebody changes it: speaker or listener.
    usual_role text not null,
    is_locked bigint not null,
    -- When the last one left, while nobody is in.
    empty_since bigint,
    ended_at bigint,
    ended_by uuid references person (id),
    -- decision, asks or none; null while it lasts, and when it ended by itself.
    outcome text
);
create index live_session_by_channel on live_session (channel_id, ended_at);
create index live_session_by_end on live_session (ended_at);

-- What somebody is in it, and whether their hand is up.
create table live_person (
    session_id uuid not null references live_session (id),
    person_id uuid not null references person (id),
    role text not null,
    hand_at bigint,
    -- Whoever was sent out comes in again only when a host lets them.
    is_out bigint not null,
    primary key (session_id, person_id)
);
create index live_person_by_person on live_person (person_id);

-- Each time somebody was in, with one device. The place in the room is named by whoever carries the media.
create table live_stay (
    session_id uuid not null references live_session (id),
    person_id uuid not null references person (id),
    place text not null,
    came_at bigint not null,
    left_at bigint,
    primary key (session_id, place)
);
create index live_stay_by_person on live_stay (person_id);
