-- An address outside, and what its page says of itself: one row, however many messages name it.
create table link (
    id uuid primary key,
    url text not null unique,
    -- Null until the page was asked, and when nothing can be shown of it.
    title text,
    description text,
    site text,
    picture text,
    width bigint,
    height bigint,
    -- Until when that is good enough for new messages.
    fresh_until bigint not null,
    -- When the page is to be asked, for a message of which time, and how often that was begun; null: nothing to do.
    work_at bigint,
    asked_at bigint not null,
    n_tries bigint not null,
    -- Since when no message names it.
    unused_at bigint
);
create index link_by_work on link (work_at) where work_at is not null;
create index link_by_picture on link (picture) where picture is not null;
create index link_by_disuse on link (unused_at) where unused_at is not null;

-- Where links stand.
create table link_use (
    id uuid primary key,
    channel_id uuid not null,
    seq bigint not null,
    place bigint not null,
    message_id uuid not null references message (id),
    person_id uuid not null references person (id),
    -- As it was typed.
    href text not null,
    -- What is shown of it; null where nothing is to be.
    link_id uuid references link (id),
    -- 1 when its author took the card away.
    removed bigint not null,
    -- Since when the channel is to be told of its card; null: nothing to tell.
    tell_at bigint,
    -- The event on the channel's log that told of it, so that it can be blanked.
    changed_seq bigint,
    -- When the message was posted, and one microsecond later for each place.
    at bigint not null,
    unique (channel_id, seq, place),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
create index link_use_by_link on link_use (link_id) where link_id is not null;
create index link_use_by_message on link_use (message_id);
create index link_use_by_channel on link_use (channel_id, at);
create index link_use_by_telling on link_use (tell_at) where tell_at is not null;

-- People who want to see no cards.
create table link_choice (
    person_id uuid primary key references person (id),
    shows bigint not null
);
