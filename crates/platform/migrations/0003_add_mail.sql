-- Mail that waits for the relay. Its text is blank as soon as it is through or given up: there may be links in it that let
-- people in. The row stays a while, so that asking twice with one key stays asking once.
create table mail (
    id uuid primary key,
    key text not null unique,
    kind text not null,
    address text not null,
    body text not null,
    created_at bigint not null,
    due_at bigint not null,
    useless_at bigint not null,
    leased_until bigint not null,
    n_attempts bigint not null,
    state text not null check (state in ('waiting', 'handed', 'sent', 'failed')),
    why text
);
create index mail_by_time on mail (state, due_at);
