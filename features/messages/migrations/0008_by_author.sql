-- What somebody has written in a week, without reading what the others have.
create index message_by_author on message (author_id, at);
