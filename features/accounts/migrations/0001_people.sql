-- One server is one workspace: the check and the unique key let no second row in.
create table workspace (
    id uuid primary key,
    name text not null,
    created_at bigint not null,
    the_only_one bigint not null unique check (the_only_one = 1)
);

-- `email` is kept in lower case, so that unique means unique for people. An empty `password_hash` fits no password.
-- `name_key` is the name as it is searched and sorted: by code points, the same in both databases.
create table person (
    id uuid primary key,
    email text not null unique check (email <> ''),
    password_hash text not null,
    name text not null check (name <> ''),
-- sqlite:
    name_key text not null,
-- postgres:
    name_key text collate "C" not null,
-- both:
    pronunciation text,
    picture text,
    time_zone text not null,
    language text not null,
    role text not null check (role in ('owner', 'admin', 'member', 'guest')),
    onboarded bigint not null check (onboarded in (0, 1)),
    created_at bigint not null,
    deactivated_at bigint
);
create index person_by_name on person (name_key, id);
create index person_by_picture on person (picture);

-- Signed-in browsers, and programs with a token: the same thing but for who made it.
create table session (
    id uuid primary key,
    person_id uuid not null references person (id),
    token_hash bytea not null unique,
    kind text not null check (kind in ('browser', 'program')),
    device text not null,
    created_at bigint not null,
    seen_at bigint not null
);
create index session_by_person on session (person_id, seen_at);
create index session_by_use on session (seen_at);

-- At most one open link per person: a new one replaces it.
create table password_reset (
    person_id uuid primary key references person (id),
    token_hash bytea not null unique,
    created_by uuid not null references person (id),
    expires_at bigint not null
);
