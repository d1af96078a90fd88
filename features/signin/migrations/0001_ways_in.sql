-- The second step of a person: a secret shared with their app, sealed with a key that is not in the database. It counts once
-- it is confirmed. `last_step` is the time step of the last code that was taken: no code is taken twice.
create table signin_totp (
    person_id uuid primary key references person (id),
    sealed text not null,
    confirmed_at bigint,
    last_step bigint not null,
    created_at bigint not null
);

-- Codes that stand in for the app, each good once.
create table signin_recovery_code (
    code_hash bytea primary key,
    person_id uuid not null references person (id)
);
create index signin_recovery_code_by_person on signin_recovery_code (person_id);

-- Something begun and not ended: a sign-in that waits for its second step, a way to another server and back. Known by a secret
-- that only the one browser has; each is good once.
create table signin_flow (
    token_hash bytea primary key,
    kind text not null,
    person_id uuid references person (id),
    state text not null,
    n_wrong bigint not null,
    expires_at bigint not null
);
create index signin_flow_by_end on signin_flow (expires_at);
create index signin_flow_by_person on signin_flow (person_id);

-- Who somebody is at another server (OpenID Connect Core, 2: only issuer and subject together say it).
create table signin_identity (
    issuer text not null,
    subject text not null,
    person_id uuid not null references person (id),
    created_at bigint not null,
    used_at bigint not null,
    primary key (issuer, subject)
);
create index signin_identity_by_person on signin_identity (person_id);
