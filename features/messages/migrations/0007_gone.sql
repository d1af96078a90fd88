-- What went by the rule for how long messages stay is in no page any more; its place in the log stays.
alter table message add column gone bigint not null default 0 check (gone in (0, 1));
-- Pages do not read over what is gone.
create index message_shown on message (channel_id, topic_id, seq) where gone = 0;

-- 1: all its messages are gone, and so are title and decision; the log may still say them. 2: gone from the log too.
alter table topic add column gone bigint not null default 0 check (gone in (0, 1, 2));
create index topic_gone on topic (channel_id, origin_seq) where gone = 1;

-- Who had reacted to what was deleted while it was held.
create table held_reaction (
    message_id uuid not null references held_copy (message_id),
    emoji text not null,
    person_id uuid not null references person (id),
    at bigint not null,
    primary key (message_id, emoji, person_id)
);

-- The answers that stood under a question which was deleted while it was held.
create table held_answer (
    message_id uuid not null references held_copy (message_id),
    idx bigint not null,
    text text not null,
    n_votes bigint not null,
    primary key (message_id, idx)
);
