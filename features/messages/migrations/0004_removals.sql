-- What was taken away by somebody who looks after its channel: who, when, why, whose, and never what it said. event_seq is
-- the event on the channel's log that tells it.
create table message_removal (
    message_id uuid primary key references message (id),
    channel_id uuid not null,
    seq bigint not null,
    author_id uuid not null references person (id),
    removed_by uuid not null references person (id),
    at bigint not null,
    reason text,
    event_seq bigint not null,
    unique (channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
create index message_removal_by_time on message_removal (at, message_id);
create index message_removal_by_author on message_removal (author_id);
