-- What the small versions take; null where there are none, or nobody has looked yet.
alter table file add column versions_bytes bigint;
create index file_unmeasured on file (created_at) where small is not null and versions_bytes is null;
