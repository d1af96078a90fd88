-- What was asked of somebody, by when, and when they answered. Nothing else keeps by when it was once it is answered. A row goes
-- after 35 days.
create table number_ask (
    person_id uuid not null references person (id),
    message_id uuid not null,
    due_at bigint not null,
    settled_at bigint,
    primary key (person_id, message_id)
);
create index number_ask_by_due on number_ask (due_at);

-- Somebody was told of something in their time to think that they had not let through; there should be none. The same.
create table number_interruption (
    person_id uuid not null references person (id),
    at bigint not null,
    n bigint not null,
    primary key (person_id, at)
);
create index number_interruption_by_time on number_interruption (at);

-- A week (its Monday) of the workspace, a space or a group, counted once when it is over everywhere. figures is JSON; null: it
-- would have said something about a few people.
create table number_week (
    group_id uuid not null,
    week text not null,
    kind text not null check (kind in ('workspace', 'space', 'group')),
    n_people bigint not null,
    figures text,
    primary key (group_id, week)
);

-- Whom a week that is shown is about, as JSON, so that the next one differs by nobody or by enough. It goes after 35 days.
create table number_cohort (
    group_id uuid not null,
    week text not null,
    people text not null,
    primary key (group_id, week)
);

-- How many people a number is about at the least.
create table number_policy (
    the_only_one bigint primary key check (the_only_one = 1),
    k bigint not null check (k >= 5)
);
