-- Whoever wants to post a file later keeps it until then, although it is not posted; null: as long as any other.
alter table file add column kept_until bigint;
