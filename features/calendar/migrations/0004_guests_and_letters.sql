-- Invitations also by mail: whoever wants them.
alter table meeting_setting add column by_mail bigint not null default 0;

-- People outside who are invited by their mail address. occasion_id is the meeting, or of a series its first. Of the link in
-- their letters nothing is kept: it is sealed. Who was taken off stays until the letter that says so has gone out.
create table meeting_guest (
    id uuid primary key,
    occasion_id uuid not null,
    address text not null,
    name text not null,
    language text not null,
    answer text not null,
    invited_by uuid not null references person (id),
    invited_at bigint not null,
    removed_at bigint,
    unique (occasion_id, address)
);
create index meeting_guest_by_address on meeting_guest (address);

-- Letters about an occasion to somebody, a person of ours or a guest: how many were asked for. The newest of them says how
-- things stand when it goes out; those before it say nothing any more.
create table meeting_letter (
    occasion_id uuid not null,
    recipient_id uuid not null,
    n_letters bigint not null,
    primary key (occasion_id, recipient_id)
);
create index meeting_letter_by_recipient on meeting_letter (recipient_id);
