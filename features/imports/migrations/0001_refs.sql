-- What was imported, by the names that the lines of the file give it. A name that is here adds nothing.
create table import_ref (
    kind text not null check (kind in ('person', 'space', 'channel', 'topic', 'message')),
    ref text not null,
    id uuid not null,
    primary key (kind, ref)
-- sqlite:
) without rowid;
-- postgres:
);
-- both:

-- Topics whose first message has not come yet.
create table import_topic (
    origin text primary key,
    ref text not null unique,
    channel_id uuid not null references channel (id),
    title text not null,
    state text not null,
    decision text
);

-- Channels whose new messages still count as unread, with the head of the log before them.
create table import_channel (
    channel_id uuid primary key references channel (id),
    seq_before bigint not null
);
