-- That an ask is over because its message is gone: for those who held it, and for whoever asked unless they took it away
-- themselves. It holds no word of it, and goes after a week.
create table ask_gone (
    person_id uuid not null references person (id),
    message_id uuid not null,
    channel_id uuid not null references channel (id),
    asker_id uuid not null references person (id),
    asked_at bigint not null,
    gone_at bigint not null,
    by_rule bigint not null check (by_rule in (0, 1)),
    primary key (person_id, message_id)
);
create index ask_gone_by_time on ask_gone (gone_at);
create index ask_gone_by_asker on ask_gone (asker_id);
