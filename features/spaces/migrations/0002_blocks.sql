-- From whom a person does not want to hear. Who is blocked is told nothing of it.
create table person_block (
    person_id uuid not null references person (id),
    blocked_id uuid not null references person (id),
    at bigint not null,
    primary key (person_id, blocked_id),
    check (person_id <> blocked_id)
);
create index person_block_by_blocked on person_block (blocked_id, person_id);
