-- A message that thanks people. space_id is that of its channel; null in a direct conversation. may_gather: whoever gave it lets
-- it be told again where the space gathers what was thanked for; gathering_id is the message under which it was.
create table thanks (
    message_id uuid primary key,
    channel_id uuid not null references channel (id),
    space_id uuid references space (id),
    giver_id uuid not null references person (id),
    may_gather bigint not null check (may_gather in (0, 1)),
    at bigint not null,
    gathering_id uuid
);
create index thanks_to_gather on thanks (space_id, at) where may_gather = 1 and gathering_id is null;
create index thanks_gathered on thanks (gathering_id, at) where gathering_id is not null;
create index thanks_by_giver on thanks (giver_id, at);

create table thanked (
    message_id uuid not null references thanks (message_id) on delete cascade,
    person_id uuid not null references person (id),
    primary key (message_id, person_id)
);
create index thanked_by_person on thanked (person_id);

-- Where a space gathers what was thanked for, once a week, as the person who chose it. next_at is the next time.
create table thanks_place (
    space_id uuid primary key references space (id),
    channel_id uuid not null references channel (id),
    person_id uuid not null references person (id),
    title text not null,
    next_at bigint not null,
    -- It could not be posted there any more.
    stopped bigint not null check (stopped in (0, 1))
);
create index thanks_place_by_person on thanks_place (person_id);
