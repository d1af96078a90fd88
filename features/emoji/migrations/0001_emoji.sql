-- Emoji of the workspace's own. A text and a reaction name one as `:name:`.
create table custom_emoji (
    name text primary key,
    -- Blobs: as it is shown, and without motion where it moves.
    picture text not null,
    still text,
    created_by uuid not null references person (id),
    created_at bigint not null
);
create index custom_emoji_by_picture on custom_emoji (picture);
create index custom_emoji_by_still on custom_emoji (still) where still is not null;
