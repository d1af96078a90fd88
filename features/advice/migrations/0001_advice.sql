-- Where a hint stood for somebody, and whether they waved it away.
create table hint_shown (
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    -- The nil id: the stream of the channel.
    topic_id uuid not null,
    shown_at bigint not null,
    dismissed_at bigint,
    primary key (person_id, channel_id, topic_id)
);
