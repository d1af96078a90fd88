-- What was decided, in which topic; the text stands with the topic.
create table decision (
    topic_id uuid primary key,
    channel_id uuid not null references channel (id),
    person_id uuid not null references person (id),
    at bigint not null,
    -- The event that said so: with the read pointer of the stream it says whether it is news.
    seq bigint not null
);
create index decision_by_channel on decision (channel_id, seq);

-- Where somebody's pointers stood before they marked many conversations as read at once.
create table inbox_clear (
    id uuid primary key,
    person_id uuid not null references person (id),
    at bigint not null,
    -- JSON: channel, topic or null, and the place.
    pointers text not null
);
create index inbox_clear_by_person on inbox_clear (person_id, at);
