-- Null: a poll from before there were kinds, where `multiple` says all of it.
alter table poll add column kind text;
-- Whoever has not voted does not see how it stands.
alter table poll add column hidden bigint not null default 0;
-- The words at the ends of a scale.
alter table poll add column low text;
alter table poll add column high text;

-- What people write themselves is an answer like any other; this is by which the same word is found again.
alter table poll_option add column folded text;
create unique index poll_option_by_word on poll_option (poll_id, folded);

-- A poll that waits to be asked: nobody but its author and those who look after the channel knows of it.
create table prepared_poll (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    created_by uuid not null references person (id),
    created_at bigint not null,
    content text not null
);
create index prepared_poll_by_channel on prepared_poll (channel_id, created_by);
