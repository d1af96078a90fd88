-- A door into a channel, or into one of its topics. Whoever knows the secret posts as the bot, as long as its maker may.
create table incoming_hook (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    topic_id uuid references topic (id),
    bot_id uuid not null unique references person (id),
    secret_hash bytea not null unique,
    created_by uuid not null references person (id),
    created_at bigint not null,
    used_at bigint,
    -- Why the last one was not posted; null when it was.
    refusal text
);
create index incoming_hook_by_channel on incoming_hook (channel_id, created_at);

-- A door out of a channel. It is the unit of delivery: its events go out one after the other, and all of them wait while
-- its address fails. due_at is null while nothing waits. The secret stands as it is, because it signs.
create table outgoing_hook (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    name text not null,
    url text not null,
    secret text not null,
    -- Kinds of events, with spaces.
    events text not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    due_at bigint,
    leased_until bigint not null,
    failing_since bigint,
    disabled_at bigint,
    disabled_why text
);
create index outgoing_hook_by_channel on outgoing_hook (channel_id, created_at);
create index outgoing_hook_due on outgoing_hook (due_at) where due_at is not null;

-- An event on its way, and the log of those that went. What is sent is read from the channel's log at that moment, so what
-- was deleted meanwhile does not go out.
create table hook_delivery (
    id uuid primary key,
    hook_id uuid not null references outgoing_hook (id),
    seq bigint not null,
    kind text not null,
    at bigint not null,
    state text not null check (state in ('waiting', 'delivered', 'failed')),
    n_attempts bigint not null,
    -- Of the last attempt.
    status bigint,
    duration_ms bigint,
    error text,
    tried_at bigint
);
create index hook_delivery_by_hook on hook_delivery (hook_id, state, seq);
