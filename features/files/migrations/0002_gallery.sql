-- The gallery of a channel, newest first.
create index file_by_channel on file (channel_id, created_at) where channel_id is not null;
