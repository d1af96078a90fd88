//! The rows of a whole database, in and out: every table that its schema has, without knowing any of them.

pub mod postgres;
pub mod sqlite;
