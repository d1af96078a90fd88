//! The server as a whole: the list of features, the web app inside, and the commands.
//!
//! It decides nothing itself. What the product does stands in `features/`, how it is carried in `crates/platform`.

pub mod admin;
pub mod app;
mod assets;
pub mod backup;
pub mod health;
pub mod import;
pub mod migrate;
pub mod noting;
pub mod offline;
pub mod openapi;
pub mod serve;
pub mod types;
pub mod workspace;
