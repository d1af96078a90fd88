-- An ask is a message that wants an answer. It may be written down before its message, so that whoever hears of the message
-- knows of the ask.
create table ask (
    message_id uuid primary key references message (id) deferrable initially deferred,
    channel_id uuid not null references channel (id),
    asker_id uuid not null references person (id),
    kind text not null check (kind in ('question', 'feedback', 'action', 'read')),
    needs text not null check (needs in ('any', 'all')),
    -- Asked of all who are in the channel: they have rows in ask_seat only once they have moved.
    everyone bigint not null check (everyone in (0, 1)),
    -- The pace that held when it was asked; it stays.
    clock text not null check (clock in ('working', 'elapsed')),
    length bigint not null,
    created_at bigint not null,
    closed_at bigint,
    ending text check (ending in ('answered', 'unanswered', 'withdrawn')),
    -- When it is due as a whole, while it is open.
    due bigint,
    -- Since when the asker has to say something: somebody asked back, or wishes for more time.
    asker_since bigint,
    n_answered bigint not null,
    reminded_at bigint,
    -- What was before the last move, as JSON, so that it can be taken back for a while.
    undo text
);
create index ask_of_asker on ask (asker_id, due) where closed_at is null;
create index ask_by_asker on ask (asker_id, created_at);
create index ask_of_channel on ask (channel_id) where closed_at is null;

-- One person's share of an ask. held is 1 while the ball is there and the ask is open.
create table ask_seat (
    message_id uuid not null references ask (message_id),
    person_id uuid not null references person (id),
    channel_id uuid not null references channel (id),
    state text not null check (state in ('open', 'promised', 'asked_back', 'passed', 'declined', 'answered', 'left')),
    -- Of an open share: since when its clock runs.
    since bigint,
    -- How much time there was then, or is left while the ball is with the asker.
    left_us bigint,
    due bigint,
    wished bigint,
    passed_to uuid,
    reason text,
    moved_at bigint not null,
    held bigint not null check (held in (0, 1)),
    primary key (message_id, person_id)
);
create index ask_seat_held on ask_seat (person_id, due) where held = 1;
create index ask_seat_by_person on ask_seat (person_id);

-- Every move, in order.
create table ask_move (
    message_id uuid not null references ask (message_id),
    n bigint not null,
    person_id uuid not null references person (id),
    move text not null,
    at bigint not null,
    -- A promise, or the wish for more time.
    until bigint,
    -- To whom it was passed, or whose wish it was about.
    other_id uuid,
    primary key (message_id, n)
);
create index ask_move_by_person on ask_move (person_id);
