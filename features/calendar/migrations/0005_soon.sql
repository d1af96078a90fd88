-- A reminder before: how many minutes, 0 for none. soon_for is the beginning of which somebody was told that it is near.
alter table meeting_setting add column remind_min bigint not null default 10;
alter table meeting_person add column soon_for bigint;
