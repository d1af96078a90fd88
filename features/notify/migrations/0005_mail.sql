-- How somebody is told by mail, and since when.
alter table notice_choice add column mail text not null default 'nothing' check (mail in ('nothing', 'release', 'day', 'single'));
alter table notice_choice add column mail_since bigint;

-- Letters that are to be asked for, and were: of what somebody was told after from_at and up to until_at, and has not seen when
-- the letter goes out. What it says stands in the messages alone.
create table notice_mail (
    id uuid primary key,
    person_id uuid not null references person (id),
    way text not null check (way in ('release', 'day', 'single')),
    from_at bigint not null,
    -- Null: up to the moment at which it is asked for.
    until_at bigint,
    due_at bigint not null,
    state text not null check (state in ('waiting', 'given')),
    given_at bigint
);
create index notice_mail_due on notice_mail (due_at) where state = 'waiting';
create index notice_mail_by_person on notice_mail (person_id, given_at);
create index notice_told on notice (person_id, settled_at) where state = 'released';
