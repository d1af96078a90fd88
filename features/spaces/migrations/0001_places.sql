create table space (
    id uuid primary key,
    name text not null,
    name_key text not null unique,
    kind text not null check (kind in ('team', 'class', 'project')),
    description text not null,
    is_open bigint not null,
    n_members bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    archived_at bigint
);

create table space_member (
    space_id uuid not null references space (id),
    person_id uuid not null references person (id),
    role text not null check (role in ('admin', 'member', 'guest')),
    joined_at bigint not null,
    primary key (space_id, person_id)
);
create index space_member_by_person on space_member (person_id, space_id);

-- A direct conversation is a channel without a space; direct_key names its people, so that there is one per group.
create table channel (
    id uuid primary key,
    space_id uuid references space (id),
    kind text not null check (kind in ('public', 'private', 'announcement', 'direct')),
    name text not null,
    name_key text,
    description text not null,
    direct_key text unique,
    is_default bigint not null,
    n_members bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    archived_at bigint,
    check ((kind = 'direct') = (space_id is null)),
    check ((kind = 'direct') = (direct_key is not null)),
    unique (space_id, name_key)
);

create table channel_member (
    channel_id uuid not null references channel (id),
    person_id uuid not null references person (id),
    role text not null check (role in ('admin', 'poster', 'member')),
    joined_at bigint not null,
    -- The head of the channel's log at that moment: what was before counts as read.
    joined_seq bigint not null,
    primary key (channel_id, person_id)
);
create index channel_member_by_person on channel_member (person_id, channel_id);

-- How one person keeps a channel in their own sidebar.
create table channel_preference (
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    favourite bigint not null,
    muted bigint not null,
    position bigint,
    primary key (person_id, channel_id)
);

create table invitation (
    id uuid primary key,
    token_hash bytea not null unique,
    role text not null check (role in ('admin', 'member', 'guest')),
    space_id uuid references space (id),
    channel_ids text not null,
    max_uses bigint not null check (max_uses between 1 and 1000),
    n_uses bigint not null,
    expires_at bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    revoked_at bigint,
    check (n_uses <= max_uses)
);

-- The one-time link that makes the first owner. Deleted with its use.
create table setup_link (
    token_hash bytea primary key,
    created_at bigint not null
);
