-- One row per message and per topic that search can find. id says when it was written, in microseconds, times 1,024,
-- so that the order of ids is the order of time; topic_id is null for messages.
create table search_doc (
-- sqlite:
    id integer primary key,
-- postgres:
    id bigint primary key,
    words tsvector not null,
-- both:
    channel_id uuid not null,
    seq bigint not null,
    topic_id uuid
);
create unique index search_doc_by_message on search_doc (channel_id, seq) where topic_id is null;
create unique index search_doc_by_topic on search_doc (topic_id) where topic_id is not null;

-- sqlite:
-- The words are cut by us: the tokenizer only splits at spaces. What is deleted must not stay in the file.
create virtual table search_words using fts5 (words, tokenize = 'ascii', columnsize = 0);
insert into search_words (search_words, rank) values ('secure-delete', 1);
-- postgres:
create index search_doc_by_words on search_doc using gin (words);
-- both:

-- How far the index of what was written before it has come. No row: nothing is left to do.
create table search_backfill (
    the_only_one bigint primary key check (the_only_one = 1),
    channel_id uuid not null,
    seq bigint not null,
    topic_id uuid
);
-- sqlite:
insert into search_backfill (the_only_one, channel_id, seq)
    select 1, zeroblob(16), 0 where exists (select 1 from message);
-- postgres:
insert into search_backfill (the_only_one, channel_id, seq)
    select 1, '00000000-0000-0000-0000-000000000000', 0 where exists (select 1 from message);
-- both:
