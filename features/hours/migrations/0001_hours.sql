-- What somebody has declared about their time, as JSON; whoever has no row has the week of the workspace. revision counts the
-- changes. Time to think that was begun by hand stands beside it, because it comes and goes.
create table person_hours (
    person_id uuid primary key references person (id),
    revision bigint not null,
    hours text,
    focus_from bigint,
    focus_until bigint
);

-- What holds in the workspace, as JSON; without a row, what the program brings along.
create table time_policy (
    the_only_one bigint primary key check (the_only_one = 1),
    policy text not null
);
