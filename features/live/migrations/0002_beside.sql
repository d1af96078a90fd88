-- What is said beside a session stands in a topic: the one in which it began, or one of its own.
alter table live_session add column backchannel_id uuid references topic (id);
-- How those who host arrange the stage for all: grid, speaker or content; null: everybody for themselves.
alter table live_session add column layout text;
-- Whose picture stands large for all.
alter table live_session add column pinned_id uuid references person (id);
-- The points, as JSON, which of them it is, and since when.
alter table live_session add column agenda text not null default '[]';
alter table live_session add column point bigint;
alter table live_session add column point_at bigint;
-- Goes up when a text changes that no event holds.
alter table live_session add column revision bigint not null default 0;
-- While there are smaller rooms: whether everybody chooses theirs, and when all come back.
alter table live_session add column may_choose bigint not null default 0;
alter table live_session add column breakouts_until bigint;

-- A smaller room. It goes when all are called back, and what was written in it stands in the topic then.
create table live_breakout (
    id uuid primary key,
    session_id uuid not null references live_session (id),
    idx bigint not null,
    name text not null
);
create index live_breakout_by_session on live_breakout (session_id, idx);

-- Who is meant to be where; whoever is in none is in the large room.
create table live_place (
    session_id uuid not null references live_session (id),
    person_id uuid not null references person (id),
    breakout_id uuid not null references live_breakout (id),
    primary key (session_id, person_id)
);
create index live_place_by_breakout on live_place (breakout_id);
create index live_place_by_person on live_place (person_id);

-- What was written in a smaller room, or to all of them.
create table live_note (
    id uuid primary key,
    session_id uuid not null references live_session (id),
    breakout_id uuid references live_breakout (id),
    person_id uuid not null references person (id),
    text text not null,
    at bigint not null
);
create index live_note_by_session on live_note (session_id, at);
create index live_note_by_breakout on live_note (breakout_id);
create index live_note_by_person on live_note (person_id);

-- A decision with which a session ended. What it says is the text of its message.
create table live_decision (
    session_id uuid primary key references live_session (id),
    message_id uuid not null unique references message (id),
    topic_id uuid not null references topic (id),
    decided_by uuid not null references person (id),
    decided_at bigint not null,
    -- Until when those who were absent can object; null: it was final at once.
    open_until bigint,
    final_at bigint,
    objected_by uuid references person (id),
    objected_at bigint
);
create index live_decision_by_topic on live_decision (topic_id);
