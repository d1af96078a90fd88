-- The question is the text of the message under which the poll stands.
create table poll (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    message_id uuid not null unique references message (id),
    created_by uuid not null references person (id),
    created_at bigint not null,
    multiple bigint not null,
    anonymous bigint not null,
    closes_at bigint,
    closed_at bigint,
    -- How many voted in an anonymous poll that is closed; who they were is forgotten then.
    n_voters bigint not null
);
create index poll_by_channel on poll (channel_id);

create table poll_option (
    poll_id uuid not null references poll (id),
    idx bigint not null,
    text text not null,
    -- The votes of an anonymous poll that is closed.
    n_votes bigint not null,
    primary key (poll_id, idx)
);

create table poll_vote (
    poll_id uuid not null,
    person_id uuid not null references person (id),
    idx bigint not null,
    at bigint not null,
    primary key (poll_id, person_id, idx),
    foreign key (poll_id, idx) references poll_option (poll_id, idx)
);
create index poll_vote_by_option on poll_vote (poll_id, idx);
