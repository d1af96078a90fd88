-- That a meeting should rather be written down was said to somebody, and they want to hear of it no more: they said no, or it was
-- written.
create table meeting_park (
    meeting_id uuid not null references meeting (id),
    person_id uuid not null references person (id),
    at bigint not null,
    is_no bigint not null,
    primary key (meeting_id, person_id)
);
create index meeting_park_by_person on meeting_park (person_id, at) where is_no = 1;
