-- A link by which people without an account come into one channel, until it ends.
create table guest_link (
    id uuid primary key,
    token_hash bytea not null unique,
    channel_id uuid not null references channel (id),
    -- 1: its guests read the channel from its beginning; 0: from their entering on.
    whole_history bigint not null check (whole_history in (0, 1)),
    max_guests bigint not null check (max_guests between 1 and 200),
    expires_at bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    ended_at bigint
);
create index guest_link_by_channel on guest_link (channel_id, created_at);

-- Who came by it. Who is gone is deactivated as a person, and the row stays.
create table link_guest (
    person_id uuid primary key references person (id),
    guest_link_id uuid not null references guest_link (id),
    entered_at bigint not null
);
create index link_guest_by_link on link_guest (guest_link_id, entered_at);

-- What stands in the log of the channel up to here is not theirs to read. Null for all but guests by link.
alter table channel_member add column reads_after bigint;
