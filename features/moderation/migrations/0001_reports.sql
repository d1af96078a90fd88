-- A message that somebody minded. text is what it said when it was first reported, for those who moderate; it goes when the
-- report is handled, and with its author. words are those that the word list minded, as JSON; null when people did.
create table report (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    message_id uuid not null references message (id),
    author_id uuid not null references person (id),
    text text not null,
    words text,
    opened_at bigint not null,
    handled_at bigint,
    handled_by uuid references person (id),
    outcome text check (outcome in ('removed', 'dismissed')),
    check ((handled_at is null) = (outcome is null))
);
create unique index report_open on report (message_id) where handled_at is null;
create index report_by_time on report (opened_at, id);
create index report_by_author on report (author_id);

-- Who minded it and why: each person once per message.
create table report_voice (
    message_id uuid not null references message (id),
    person_id uuid not null references person (id),
    report_id uuid not null references report (id),
    reason text not null check (reason in ('spam', 'hurtful', 'private', 'other')),
    note text not null,
    at bigint not null,
    primary key (message_id, person_id)
);
create index report_voice_by_report on report_voice (report_id);
create index report_voice_by_person on report_voice (person_id, at);
