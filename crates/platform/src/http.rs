//! The edge towards browsers and programs: problems, extractors, the layers around every route, the listener.
//!
//! Invariants: every refusal under `/api` is an RFC 9457 problem; nothing that changes state is done for a foreign
//! origin; one client cannot take the share of the others. This module knows no route and no session: whether a token
//! is good is decided behind it.

pub mod client;
mod connection;
pub mod extract;
pub mod layers;
pub mod origin;
pub mod problem;
mod rest;
pub mod serve;
pub mod tls;

pub use client::{ClientAddress, RequestId};
pub use extract::{Json, Path, Query};
pub use layers::layers;
pub use problem::{Problem, ProblemType};
pub use serve::{Server, serve};
