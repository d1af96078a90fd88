-- What somebody has written to be posted at its time, and what could not be. The id is the message's, so that it is posted
-- once; `lands` is 1 where the time is the one at which work begins for the people of a direct conversation.
create table scheduled_post (
    id uuid primary key,
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    topic_id uuid,
    quote_id uuid,
    text text not null,
    everyone_ok bigint not null,
    words_ok bigint not null,
    due_at bigint not null,
    lands bigint not null,
    revision bigint not null,
    created_at bigint not null,
    failed_at bigint,
    -- One word, as the app knows it.
    why text
);
-- The clock asks this one: what is due next, in order.
create index scheduled_post_by_time on scheduled_post (due_at, created_at, id) where failed_at is null;
create index scheduled_post_by_person on scheduled_post (person_id, due_at);
create index scheduled_post_landing on scheduled_post (channel_id) where lands = 1 and failed_at is null;

create table scheduled_file (
    post_id uuid not null references scheduled_post (id) on delete cascade,
    place bigint not null,
    file_id uuid not null,
    primary key (post_id, place)
);

-- Messages that were posted to interrupt nobody.
create table silent_message (
    message_id uuid primary key
);

-- What somebody chose when they were last asked how to land in a direct conversation.
create table landing_choice (
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    choice text not null check (choice in ('deliver', 'silent')),
    asked_at bigint not null,
    primary key (person_id, channel_id)
);
