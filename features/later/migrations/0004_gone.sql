-- When the message of a reminder went: it is not told any more, and stays until its owner is done with it.
alter table reminder add column gone_at bigint;
create index reminder_of_message on reminder (message_id);
