-- The words that the workspace does not want said, as JSON by what happens to them. Each change has a number of its own, by
-- which a process sees that it has to read them again.
create table word_list (
    the_only_one bigint primary key check (the_only_one = 1),
    revision uuid not null,
    words text not null
);
