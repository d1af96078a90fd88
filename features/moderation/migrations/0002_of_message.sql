-- What reports quote of a message goes with it when it goes by a rule.
create index report_of_message on report (message_id);
