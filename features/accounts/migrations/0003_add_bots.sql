-- A bot speaks for a hook or a program of this person. It cannot sign in, and lists of people leave it out.
alter table person add column bot_of uuid references person (id);
