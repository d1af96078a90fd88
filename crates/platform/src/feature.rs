//! A feature is a value: everything it adds to the server, in one struct.
//!
//! The server lists features in order; the platform assembles migrations, routes, jobs and the net of tests from the
//! list. Nothing here knows what any of them does.

use crate::{
    app::App,
    db::{Migration, Sql},
    jobs::JobKind,
    journal::Listener,
};
use axum::routing::MethodRouter;
use http::Method;

/// Who may call a route. The handlers prove it; the net of wrong-person tests reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Anybody, signed in or not.
    Public,
    /// Whoever is signed in, about themselves or what they may see.
    SignedIn,
    /// Owners and admins of the workspace.
    Admin,
}

/// One route of the REST API.
#[derive(Clone)]
pub struct Route {
    /// The method that it answers.
    pub method: Method,
    /// The path with `{parameters}`.
    pub path: &'static str,
    /// Who may come in.
    pub door: Door,
    /// The handler, for this method only.
    pub handler: MethodRouter<App>,
}

impl Route {
    /// A route for whoever is signed in.
    pub fn new(method: Method, path: &'static str, handler: MethodRouter<App>) -> Self {
        Self {
            method,
            path,
            door: Door::SignedIn,
            handler,
        }
    }

    /// The same route for somebody else.
    pub fn door(mut self, door: Door) -> Self {
        self.door = door;
        self
    }
}

/// What one slice adds to the server.
#[derive(Clone, Default)]
pub struct Feature {
    /// Its name, as in `features/`.
    pub name: &'static str,
    /// Its schema, in order.
    pub migrations: Vec<Migration>,
    /// All its SQL, for the test that prepares each statement on both databases.
    pub statements: Vec<&'static Sql>,
    /// Its part of the REST API.
    pub routes: Vec<Route>,
    /// The jobs that it can run.
    pub jobs: Vec<JobKind>,
    /// What it does in the transactions of other slices' events.
    pub listeners: Vec<Listener>,
    /// Where it names blobs: each takes a hash as text and gives a row when that blob is still needed.
    pub blob_names: Vec<&'static Sql>,
}
