-- The head of each scope's log. `seq` is taken by update … returning in the transaction that writes the state.
create table event_scope (
    scope uuid primary key,
    seq bigint not null
);

create table event (
    scope uuid not null,
    seq bigint not null,
    kind text not null,
    at bigint not null,
    actor uuid,
    body text not null,
    primary key (scope, seq)
);

-- Work that waits for its time. (kind, key) makes asking twice the same as asking once.
create table job (
    id uuid primary key,
    kind text not null,
    key text not null,
    body text not null,
    run_at bigint not null,
    leased_until bigint not null,
    n_attempts bigint not null,
    last_error text,
    unique (kind, key)
);
create index job_by_time on job (run_at);

create table setting (
    name text primary key,
    value text not null
);
