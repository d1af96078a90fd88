-- When a smaller room closed whose notes nobody could post: they stay readable where they were written.
alter table live_breakout add column closed_at bigint;

-- Whether those who host are told who was in for how long and spoke how long, as the charter said when it began.
alter table live_session add column tells_hosts bigint not null default 0;
-- How long somebody spoke during a stay; counted only where those who host are told.
alter table live_stay add column spoke_us bigint not null default 0;
