-- What somebody says about now, as JSON: emoji, text, until. Null for nothing; what is over stays until it is replaced, and is
-- nothing from its moment on.
alter table person add column status text;
