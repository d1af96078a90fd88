-- Somebody who came by a guest link: no address that counts, no password, one channel. Lists of people leave them out.
alter table person add column link_guest bigint not null default 0;
