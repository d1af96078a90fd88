-- Into which groups an invitation by a list leads, beside the space that it names. A row goes with the use.
create table invited_group (
    invitation_id uuid not null references invitation (id),
    group_id uuid not null references people_group (id),
    primary key (invitation_id, group_id)
);
