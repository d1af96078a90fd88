-- What comes back by itself: a post, or a question whose answers gather in a topic.
create table routine (
    id uuid primary key,
    kind text not null check (kind in ('post', 'check_in')),
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    topic_id uuid,
    text text not null,
    -- Days of the week as bits, from Monday on.
    days bigint not null,
    at_min bigint not null,
    every_weeks bigint not null,
    first_day text not null,
    -- Whose clock; empty: each person's own.
    time_zone text not null,
    everyone_ok bigint not null,
    words_ok bigint not null,
    -- The day of the next time, and the first moment of it.
    next_day text not null,
    next_at bigint not null,
    state text not null check (state in ('active', 'paused', 'stopped')),
    -- Why it stopped; one word, as the app knows it.
    why text,
    revision bigint not null,
    created_at bigint not null
);
create index routine_by_time on routine (next_at, id) where state = 'active';
create index routine_by_person on routine (person_id, next_at, id);

-- One time of a question: the message that asks it, under which a topic of answers stands.
create table check_in (
    message_id uuid primary key,
    routine_id uuid not null,
    channel_id uuid not null,
    topic_id uuid not null,
    day text not null,
    at_min bigint not null
);
create index check_in_by_topic on check_in (topic_id);

-- Who is asked, each at their own time. Away: they do not work on that day.
create table check_in_turn (
    message_id uuid not null references check_in (message_id) on delete cascade,
    person_id uuid not null references person (id),
    due_at bigint not null,
    state text not null check (state in ('waiting', 'asked', 'answered', 'skipped', 'away')),
    primary key (message_id, person_id)
);
create index check_in_turn_by_time on check_in_turn (due_at) where state = 'waiting';
create index check_in_turn_by_person on check_in_turn (person_id, state);
