-- A time at which people meet. Where it belongs is a channel, with or without a topic of it, or a space, or nothing: then it
-- is theirs who are invited. agenda is JSON. revision counts the changes. group_key is the same for the same people who are
-- needed: those among whom turns are taken.
create table meeting (
    id uuid primary key,
    created_by uuid not null references person (id),
    created_at bigint not null,
    title text not null,
    outcome text not null,
    aim text not null,
    agenda text not null,
    reason text not null,
    channel_id uuid references channel (id),
    topic_id uuid,
    space_id uuid references space (id),
    starts_at bigint not null,
    ends_at bigint not null,
    time_zone text not null,
    group_key text not null,
    revision bigint not null,
    canceled_at bigint
);
create index meeting_by_group on meeting (group_key, starts_at);
create index meeting_by_channel on meeting (channel_id, starts_at) where channel_id is not null;
create index meeting_by_maker on meeting (created_by, starts_at);

-- Who is invited. answer is open, yes, no or later. consent is 0: nobody has to ask them, 1: they were asked, 2: they agreed.
-- starts_at is that of the meeting. pain is what it asks of them outside of their work, in thousandths of an hour.
create table meeting_person (
    meeting_id uuid not null references meeting (id),
    person_id uuid not null references person (id),
    starts_at bigint not null,
    is_required bigint not null,
    answer text not null,
    consent bigint not null,
    pain bigint not null,
    primary key (meeting_id, person_id)
);
create index meeting_person_by_start on meeting_person (person_id, starts_at);
