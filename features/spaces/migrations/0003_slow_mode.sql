-- Seconds that pass between two messages of one person; 0: as fast as they like.
alter table channel add column slow_s bigint not null default 0;
