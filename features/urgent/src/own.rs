//! What is kept about one person, for that person.

pub(crate) mod store;
