-- Since when a word is out of the result, because somebody minded it. Its votes stay, so that it can be put back.
alter table poll_option add column removed_at bigint;
