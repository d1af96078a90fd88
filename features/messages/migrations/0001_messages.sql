-- seq is the number of the event that posted the message, so (channel_id, seq) is its place in the channel's log.
create table message (
    channel_id uuid not null references channel (id),
    seq bigint not null,
    id uuid not null unique,
    topic_id uuid,
    author_id uuid not null references person (id),
    at bigint not null,
    text text not null,
    quote_id uuid,
    edited_at bigint,
    deleted_at bigint,
    primary key (channel_id, seq)
-- sqlite:
) without rowid;
-- postgres:
);
-- both:
-- Pages of the stream and of topics, and, without touching the rows, the counts.
create index message_by_topic on message (channel_id, topic_id, seq, author_id, deleted_at);
create index message_by_quote on message (quote_id) where quote_id is not null;

create table topic (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    title text not null,
    state text not null check (state in ('open', 'resolved', 'decided')),
    decision text,
    origin_id uuid not null references message (id),
    origin_seq bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    n_messages bigint not null,
    last_seq bigint not null,
    last_at bigint not null,
    -- The last few who wrote, as JSON.
    people text not null,
    unique (channel_id, origin_seq)
);
create index topic_by_time on topic (channel_id, last_seq);

-- What a message said before each edit. event_seq is the edit's event.
create table message_revision (
    channel_id uuid not null,
    seq bigint not null,
    event_seq bigint not null,
    at bigint not null,
    text text not null,
    primary key (channel_id, seq, event_seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);

create table reaction (
    channel_id uuid not null,
    seq bigint not null,
    emoji text not null,
    person_id uuid not null references person (id),
    at bigint not null,
    primary key (channel_id, seq, emoji, person_id),
    foreign key (channel_id, seq) references message (channel_id, seq)
);

-- Who is named in a message; the nil id stands for everybody in the channel.
create table mention (
    person_id uuid not null,
    channel_id uuid not null,
    seq bigint not null,
    topic_id uuid,
    primary key (person_id, channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
create index mention_by_message on mention (channel_id, seq);

-- Everything up to seq is read. The nil id stands for the stream.
create table read_pointer (
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    topic_id uuid not null,
    seq bigint not null,
    primary key (person_id, channel_id, topic_id)
);

create table topic_follow (
    person_id uuid not null references person (id),
    topic_id uuid not null references topic (id),
    channel_id uuid not null references channel (id),
    primary key (person_id, topic_id)
);

create table draft (
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    topic_id uuid not null,
    text text not null,
    revision bigint not null,
    at bigint not null,
    -- The event on the person's log that holds this text, so that an older one can be blanked.
    event_seq bigint not null,
    primary key (person_id, channel_id, topic_id)
);
