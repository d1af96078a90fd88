-- The key pair by which push services know this server. The secret is sealed with the key file, so that the database alone
-- gives it to nobody.
create table push_key (
    the_only_one bigint primary key check (the_only_one = 1),
    public_key text not null,
    sealed text not null,
    created_at bigint not null
);

-- Where a signed-in browser is told while the app is closed. It goes with the session.
create table push_device (
    session_id uuid primary key references session (id) on delete cascade,
    person_id uuid not null references person (id),
    endpoint text not null,
    p256dh text not null,
    auth text not null,
    created_at bigint not null,
    told_at bigint,
    tested_at bigint,
    failing_since bigint
);
create index push_device_by_person on push_device (person_id);

-- What is on its way to a device. It says what was told only by its release: what it will show is read when it goes out.
-- handed: its text may have gone out, so it is not sent again.
create table push (
    id uuid primary key,
    session_id uuid not null references push_device (session_id) on delete cascade,
    person_id uuid not null references person (id),
    release_id uuid not null,
    due_at bigint not null,
    useless_at bigint not null,
    leased_until bigint not null,
    n_attempts bigint not null,
    state text not null check (state in ('waiting', 'handed'))
);
create index push_by_time on push (due_at);
create index push_by_device on push (session_id);
create index push_by_person on push (person_id);
create index notice_by_release on notice (release_id) where release_id is not null;

-- What somebody has chosen about how they are reached.
create table notice_choice (
    person_id uuid primary key references person (id),
    hides_texts bigint not null check (hides_texts in (0, 1))
);
