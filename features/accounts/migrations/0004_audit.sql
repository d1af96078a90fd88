-- What was done to the workspace, by whom: rows are added and never changed, but for the name of whoever is erased.
-- `actor_id` is null where no person acted. `search_key` is what a search for words finds, as `person.name_key` is.
create table audit_entry (
    id uuid primary key,
    at bigint not null,
    actor_kind text not null check (actor_kind in ('person', 'command_line', 'server')),
    actor_id uuid references person (id),
    action text not null check (action <> ''),
    subject_kind text not null,
    subject_id uuid,
    subject_name text not null,
    search_key text not null,
    detail text not null,
    check ((actor_kind = 'person') = (actor_id is not null))
);
create index audit_entry_by_time on audit_entry (at, id);
create index audit_entry_by_actor on audit_entry (actor_id, at, id);
create index audit_entry_by_subject on audit_entry (subject_id);

-- Choices of the workspace that are made on screen; what is not here has the value that the code says.
create table workspace_setting (
    name text primary key,
    value text not null
);
