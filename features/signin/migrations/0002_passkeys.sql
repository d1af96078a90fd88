-- Public keys with which people sign in (Web Authentication, 4, "public key credential source"). `credential` is the key with
-- its counter and flags, as JSON; it is public. A passkey is good for the one domain that it was made for. `suspect_at`: its
-- counter went back, so there may be a copy of it.
create table signin_passkey (
    credential_id bytea primary key,
    id uuid not null unique,
    person_id uuid not null references person (id),
    domain text not null,
    name text not null,
    credential text not null,
    created_at bigint not null,
    used_at bigint,
    suspect_at bigint
);
create index signin_passkey_by_person on signin_passkey (person_id, created_at);
