-- What they are about is the text of the message under which they are collected.
create table question_board (
    id uuid primary key,
    channel_id uuid not null references channel (id),
    message_id uuid not null unique references message (id),
    created_by uuid not null references person (id),
    created_at bigint not null,
    -- Whether a question waits until somebody lets it out, and whether one may ask without a name.
    moderated bigint not null,
    anonymous bigint not null,
    closed_at bigint
);
create index question_board_by_channel on question_board (channel_id);

create table question (
    id uuid primary key,
    board_id uuid not null references question_board (id),
    -- Null: it was asked without a name, and the server has forgotten by whom.
    author_id uuid references person (id),
    anonymous bigint not null,
    text text not null,
    asked_at bigint not null,
    state text not null check (state in ('waiting', 'open', 'now', 'answered', 'dismissed')),
    changed_at bigint not null,
    answer_how text check (answer_how in ('live', 'written', 'later')),
    answer_text text,
    answer_message_id uuid,
    merged_into uuid references question (id),
    -- The votes of a board that is closed; whose they were is forgotten then.
    n_votes bigint not null
);
create index question_by_board on question (board_id);
create index question_by_author on question (author_id);
create index question_by_merged on question (merged_into) where merged_into is not null;
create index question_by_answer on question (answer_message_id) where answer_message_id is not null;

create table question_vote (
    question_id uuid not null references question (id),
    person_id uuid not null references person (id),
    at bigint not null,
    primary key (question_id, person_id)
);
create index question_vote_by_person on question_vote (person_id);
