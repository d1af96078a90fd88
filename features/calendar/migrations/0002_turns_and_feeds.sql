-- Who may be asked for meetings from 22 to 7 on their own clock. Without a row: nobody.
create table meeting_setting (
    person_id uuid primary key references person (id),
    accepts_nights bigint not null
);

-- The secret link to somebody's calendar; of the link only its hash is kept.
create table meeting_feed (
    person_id uuid primary key references person (id),
    token_hash bytea not null unique
);
