-- What a push tells that is about a meeting and no message: which, and when it begins. Its words stand in the meeting alone.
create table notice_meeting (
    release_id uuid primary key,
    person_id uuid not null references person (id),
    meeting_id uuid not null,
    starts_at bigint not null
);
create index notice_meeting_by_time on notice_meeting (starts_at);
create index notice_meeting_by_person on notice_meeting (person_id);
