//! The machinery that every feature stands on: the database and its lanes, the log, sockets, jobs, HTTP, configuration.
//!
//! Invariants: nobody is answered before the data is on disk; everything that happens is an event in a log, numbered
//! without a gap; every queue is bounded. This crate has never heard of a feature: features hand themselves in as
//! values.

pub mod app;
pub mod blobs;
pub mod clock;
pub mod config;
pub mod csv;
pub mod data;
pub mod db;
pub mod feature;
pub mod http;
pub mod jobs;
pub mod journal;
pub mod leftovers;
pub mod limits;
pub mod mail;
pub mod openapi;
pub mod outbound;
pub mod realtime;
pub mod seal;
pub mod shutdown;
#[cfg(test)]
mod simulation;
pub mod telemetry;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
