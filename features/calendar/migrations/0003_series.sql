-- A meeting that is one of a series: of which (the id of its first), the how-manieth of how many, and how many weeks lie between
-- two of them. A series is written out when it is proposed, so that each of its meetings can be moved, answered and called off.
alter table meeting add column series_id uuid;
alter table meeting add column series_n bigint;
alter table meeting add column series_of bigint;
alter table meeting add column series_weeks bigint;
create index meeting_by_series on meeting (series_id, series_n) where series_id is not null;
