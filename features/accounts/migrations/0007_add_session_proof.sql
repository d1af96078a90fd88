-- When the person behind a session last proved, in the middle of it, that it is them: by a passkey, or at another server.
alter table session add column proven_at bigint;
