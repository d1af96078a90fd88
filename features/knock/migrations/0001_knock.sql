-- "Good time?", asked in a conversation of two. answer is yes, at or no; until is the time that was said. Without an answer it
-- is over at expires_at.
create table knock (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    by_id uuid not null references person (id),
    to_id uuid not null references person (id),
    at bigint not null,
    expires_at bigint not null,
    answer text,
    until bigint,
    answered_at bigint
);
create index knock_by_channel on knock (channel_id, at);
