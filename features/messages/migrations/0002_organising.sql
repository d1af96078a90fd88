-- A topic that went into another one keeps its row, so that links and late messages find their way.
alter table topic add column merged_into uuid references topic (id);
create index topic_by_merge on topic (merged_into) where merged_into is not null;
-- Topics over all channels, by their last message.
create index topic_by_last_at on topic (last_at, id);

create table pin (
    channel_id uuid not null,
    seq bigint not null,
    person_id uuid not null references person (id),
    at bigint not null,
    primary key (channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);

-- What a person keeps for later.
create table saved_message (
    person_id uuid not null references person (id),
    channel_id uuid not null,
    seq bigint not null,
    at bigint not null,
    primary key (person_id, channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
create index saved_by_time on saved_message (person_id, at);
create index saved_by_message on saved_message (channel_id, seq);

-- What a message carries on from somewhere else, as it was said then. The text goes when the original is deleted.
create table forward (
    channel_id uuid not null,
    seq bigint not null,
    origin_id uuid not null references message (id),
    origin_channel_id uuid not null references channel (id),
    author_id uuid not null references person (id),
    at bigint not null,
    text text not null,
    primary key (channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
create index forward_by_origin on forward (origin_id);
