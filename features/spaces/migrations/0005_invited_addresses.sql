-- Who was invited by a list, so that a list that is read twice invites nobody twice. A row goes with its invitation's use.
create table invited_address (
    email text primary key,
    invitation_id uuid not null references invitation (id)
);
create index invited_address_by_invitation on invited_address (invitation_id);
