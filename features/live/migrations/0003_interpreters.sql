-- Whose picture stands on the stage for everybody, whoever speaks: they interpret, in signs or another language.
alter table live_person add column interprets bigint not null default 0;
