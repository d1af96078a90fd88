-- When somebody last wrote in a channel in which people wait between their messages. Elsewhere nothing is kept.
create table slow_post (
    channel_id uuid not null references channel (id),
    person_id uuid not null references person (id),
    at bigint not null,
    primary key (channel_id, person_id)
);
create index slow_post_by_person on slow_post (person_id);
