-- Whether this person had agreed to be woken for it: such a page passes quiet and time to think, whenever it is looked at.
alter table notice add column consented bigint not null default 0 check (consented in (0, 1));
-- Whether it calls them although they may have read it: an answer is expected of them since, or it is urgent.
alter table notice add column again bigint not null default 0 check (again in (0, 1));
