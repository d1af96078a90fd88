-- How much somebody wants to be told of: everywhere (the place is the person themself), in a space, a channel or a topic. The
-- nearest place that says something counts; no row says nothing.
create table told_level (
    person_id uuid not null references person (id),
    place_id uuid not null,
    kind text not null check (kind in ('everywhere', 'space', 'channel', 'topic')),
    level text not null check (level in ('all', 'needs_me', 'nothing')),
    -- Since when.
    at bigint not null,
    primary key (person_id, place_id)
);
-- Whoever posts looks here whether anybody wants to hear of everything.
create index told_level_all on told_level (place_id, person_id) where level = 'all';
create index told_level_all_everywhere on told_level (person_id) where level = 'all' and kind = 'everywhere';
-- What was muted is told of no more; the column stays for a version that runs beside this one.
insert into told_level (person_id, place_id, kind, level, at)
    select person_id, channel_id, 'channel', 'nothing', 0 from channel_preference where muted = 1;
