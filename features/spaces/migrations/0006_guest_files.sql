-- Whether those who come by this link may bring files.
alter table guest_link add column may_upload bigint not null default 0 check (may_upload in (0, 1));
