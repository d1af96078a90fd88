-- What a token is good for, as words with spaces; null is the person themselves. A token that was there before keeps what
-- it could do, but for what only the person does.
alter table session add column scopes text;
alter table session add column expires_at bigint;
update session set scopes = 'read write admin' where kind = 'program';
