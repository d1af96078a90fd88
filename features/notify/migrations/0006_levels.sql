-- Whoever wants to hear of everything is told of what was said; whoever asked is told of what others do with that, and by whom.
-- A check cannot be changed in place everywhere.
create table notice_anew (
    person_id uuid not null references person (id),
    message_id uuid not null references message (id),
    channel_id uuid not null references channel (id),
    seq bigint not null,
    cause text not null check (cause in ('direct', 'mention', 'everyone', 'reply', 'reminder', 'check_in', 'posted',
        'asked_back', 'passed_on', 'wished')),
    at bigint not null,
    due_at bigint,
    urgent bigint not null check (urgent in (0, 1)),
    state text not null check (state in ('held', 'released', 'superseded')),
    release_at bigint not null,
    held_until bigint,
    settled_at bigint,
    release_id uuid,
    seen_at bigint,
    consented bigint not null default 0 check (consented in (0, 1)),
    again bigint not null default 0 check (again in (0, 1)),
    -- Who did it; null: who wrote the message.
    by_id uuid references person (id),
    primary key (person_id, message_id)
);
insert into notice_anew (person_id, message_id, channel_id, seq, cause, at, due_at, urgent, state, release_at, held_until,
        settled_at, release_id, seen_at, consented, again)
    select person_id, message_id, channel_id, seq, cause, at, due_at, urgent, state, release_at, held_until, settled_at,
        release_id, seen_at, consented, again
    from notice;
drop table notice;
alter table notice_anew rename to notice;
create index notice_by_message on notice (message_id);
create index notice_due on notice (release_at) where state = 'held';
create index notice_open on notice (person_id, channel_id, seq) where seen_at is null;
create index notice_shown_to_sender on notice (channel_id, held_until) where held_until is not null;
create index notice_by_time on notice (at);
create index notice_by_release on notice (release_id) where release_id is not null;
create index notice_told on notice (person_id, settled_at) where state = 'released';
create index notice_held on notice (person_id) where state = 'held';
create index notice_by_whom on notice (by_id) where by_id is not null;
