-- Somebody asks when people can: people here, and whoever has the link. Of the link nothing is kept: it is sealed. Until
-- ends_at it is answered; closed_at: nothing is any more. meeting_id is what came of it, chosen_at when that began. over_at is
-- the moment from which it is kept no longer than others of its kind.
create table time_poll (
    id uuid primary key,
    created_by uuid not null references person (id),
    created_at bigint not null,
    title text not null,
    about text not null,
    minutes bigint not null,
    time_zone text not null,
    channel_id uuid references channel (id),
    shows_names bigint not null,
    ends_at bigint not null,
    closed_at bigint,
    meeting_id uuid,
    chosen_at bigint,
    over_at bigint not null
);
create index time_poll_by_maker on time_poll (created_by, created_at);
create index time_poll_by_channel on time_poll (channel_id, over_at) where channel_id is not null;
create index time_poll_by_end on time_poll (over_at);

-- The times that are asked about, in their order.
create table time_poll_time (
    poll_id uuid not null references time_poll (id),
    starts_at bigint not null,
    primary key (poll_id, starts_at)
);

-- Who is asked here.
create table time_poll_person (
    poll_id uuid not null references time_poll (id),
    person_id uuid not null references person (id),
    primary key (poll_id, person_id)
);
create index time_poll_person_by_person on time_poll_person (person_id, poll_id);

-- What was said: by a person of ours, or by somebody outside whose browser has a key, of which the hash is kept. choices is a
-- letter for each time in its order: y, m or n.
create table time_poll_answer (
    id uuid primary key,
    poll_id uuid not null references time_poll (id),
    person_id uuid references person (id),
    key_hash bytea,
    name text not null,
    address text not null,
    language text not null,
    choices text not null,
    answered_at bigint not null,
    unique (poll_id, person_id),
    unique (poll_id, key_hash)
);
create index time_poll_answer_by_person on time_poll_answer (person_id) where person_id is not null;
create index time_poll_answer_by_address on time_poll_answer (address) where address <> '';

-- Whether somebody outside left their address themselves, to hear what came of such a question.
alter table meeting_guest add column is_own_wish bigint not null default 0;
