//! Handlers: a request becomes one action, its result an answer.

pub mod admin;
pub mod oidc;
pub mod own;
pub mod second;
