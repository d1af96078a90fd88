-- People under one name. Without a space it is the workspace's. One that was removed keeps its row, without members: what
-- was written to it still says its name.
create table people_group (
    id uuid primary key,
    space_id uuid references space (id),
    handle text not null,
    handle_key text not null,
    title text not null,
    search_key text not null,
    is_open bigint not null check (is_open in (0, 1)),
    n_members bigint not null,
    created_by uuid not null references person (id),
    created_at bigint not null,
    removed_at bigint
);
create unique index people_group_of_space on people_group (space_id, handle_key) where removed_at is null;
create unique index people_group_of_workspace on people_group (handle_key) where space_id is null and removed_at is null;

create table group_member (
    group_id uuid not null references people_group (id),
    person_id uuid not null references person (id),
    joined_at bigint not null,
    primary key (group_id, person_id)
);
create index group_member_by_person on group_member (person_id, group_id);
