-- A message that calls people, one after the other, until somebody takes it. What was sent counts for its sender also when the
-- message is gone, so the row stays for a while and does not refer to it.
create table urgent (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    message_id uuid not null unique,
    sender_id uuid not null references person (id),
    kind text not null check (kind in ('outage', 'safety', 'blocked', 'other')),
    reason text not null,
    -- Whom to call, as JSON; the chain is made of it when the calling begins.
    wanted text not null,
    state text not null check (state in ('unconfirmed', 'calling', 'taken', 'answered', 'withdrawn', 'nobody', 'lapsed', 'gone')),
    created_at bigint not null,
    -- Since when it calls.
    sent_at bigint,
    confirmed_by uuid,
    ended_at bigint,
    ended_by uuid,
    -- Grows at each look, so that of two looks at once one waits for the other.
    n_looks bigint not null
);
create index urgent_by_sender on urgent (sender_id, created_at);
create index urgent_in on urgent (channel_id, created_at);

-- The steps of a chain, as they were when the calling began.
create table urgent_step (
    urgent_id uuid not null references urgent (id),
    n bigint not null,
    wait_us bigint not null,
    primary key (urgent_id, n)
);

-- Who is called in which step; each person in the first that names them.
create table urgent_called (
    urgent_id uuid not null references urgent (id),
    person_id uuid not null references person (id),
    n bigint not null,
    -- In whose place, who is away.
    instead_of uuid,
    via text not null check (via in ('person', 'rota', 'group')),
    -- They have not agreed to be woken, and are told at this moment.
    not_before bigint,
    -- When the app was told that this waits for them.
    told_at bigint,
    primary key (urgent_id, person_id)
);
create index urgent_called_by_person on urgent_called (person_id);

-- A call that was made. Nobody is called twice for one turn: the key says so.
create table urgent_page (
    urgent_id uuid not null references urgent (id),
    person_id uuid not null references person (id),
    nth bigint not null,
    at bigint not null,
    primary key (urgent_id, person_id, nth)
);
create index urgent_page_by_person on urgent_page (person_id);

create table urgent_reaction (
    urgent_id uuid not null references urgent (id),
    person_id uuid not null references person (id),
    reaction text not null check (reaction in ('take', 'not_me', 'left')),
    at bigint not null,
    primary key (urgent_id, person_id, reaction)
);
create index urgent_reaction_by_person on urgent_reaction (person_id);

-- "Was not urgent", by somebody who was called.
create table urgent_doubt (
    urgent_id uuid not null references urgent (id),
    person_id uuid not null references person (id),
    sender_id uuid not null references person (id),
    at bigint not null,
    primary key (urgent_id, person_id)
);
create index urgent_doubt_of_sender on urgent_doubt (sender_id, at);
create index urgent_doubt_by_person on urgent_doubt (person_id);

-- Somebody agrees to be woken by what is urgent in a space or a channel.
create table urgent_consent (
    person_id uuid not null references person (id),
    place_id uuid not null,
    place text not null check (place in ('space', 'channel')),
    at bigint not null,
    primary key (person_id, place_id)
);

-- Who is on call in a space: one person a week, in order.
create table rota (
    space_id uuid primary key references space (id),
    time_zone text not null,
    weekday bigint not null,
    from_min bigint not null,
    holder_id uuid,
    since bigint not null,
    revision bigint not null
);

create table rota_member (
    space_id uuid not null references rota (space_id),
    person_id uuid not null references person (id),
    position bigint not null,
    -- Nobody is on call who has not agreed to it.
    agreed_at bigint,
    primary key (space_id, person_id)
);
create index rota_member_by_person on rota_member (person_id);

-- Somebody else for a day of the rota's zone.
create table rota_swap (
    space_id uuid not null references rota (space_id),
    day text not null,
    person_id uuid not null references person (id),
    primary key (space_id, day)
);

-- Whom what is urgent in a space calls when nobody takes it.
create table rota_step (
    space_id uuid not null references rota (space_id),
    n bigint not null,
    kind text not null check (kind in ('rota', 'person', 'group')),
    target_id uuid,
    wait_min bigint not null,
    primary key (space_id, n)
);
