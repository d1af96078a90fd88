-- What another slice has put into the conversation under a message; what it is, only that slice knows.
create table card (
    channel_id uuid not null,
    seq bigint not null,
    kind text not null,
    id uuid not null,
    primary key (channel_id, seq),
    foreign key (channel_id, seq) references message (channel_id, seq)
);
