//! A feature is a value: everything it adds to the server, in one struct.
//!
//! The server lists features in order; the platform assembles migrations, routes, jobs and the net of tests from the
//! list. Nothing here knows what any of them does.

use crate::{
    app::App,
    db::{Migration, Sql},
    jobs::JobKind,
    journal::Listener,
    mail::LateLetter,
    openapi::{Documented, Operation, Schemas},
};
use axum::{
    extract::DefaultBodyLimit,
    handler::Handler,
    routing::{MethodFilter, MethodRouter, on},
};
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

/// What a token of a program must be good for to call a route. Whoever signed in by themselves is not asked.
///
/// A part `area:verb` is covered by its name and by its verb alone: `messages:read` by `messages:read` and by `read`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope(pub &'static str);

impl Scope {
    /// Looks at something.
    pub const READ: Scope = Scope("read");
    /// Changes something.
    pub const WRITE: Scope = Scope("write");
    /// What only owners and admins do.
    pub const ADMIN: Scope = Scope("admin");
    /// Every token is good for it.
    pub const ANY: Scope = Scope("any");
    /// No token is good for it: sessions, passwords, tokens themselves, or a token could make itself a better one.
    pub const PERSON: Scope = Scope("person");

    /// Whether a token to which `granted` was given may come in.
    pub fn is_covered_by(self, granted: &str) -> bool {
        match self {
            Scope::PERSON => false,
            Scope::ANY => true,
            Scope(name) => name == granted || name.split_once(':').is_some_and(|(_, verb)| verb == granted),
        }
    }
}

/// What stands before a route that is not public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// What a token must be good for.
    pub scope: Scope,
    /// Whether guests who came by a link may come in; everything that does not say so is closed to them.
    pub link_guests: bool,
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
    /// Reads its signature; None when it was handed in as a router.
    pub describe: Option<fn(&mut Operation, &mut Schemas)>,
    /// What it does, in one sentence for the document of the API.
    pub summary: &'static str,
    /// Another status with the same body.
    pub also: Option<u16>,
    scope: Option<Scope>,
    link_guests: bool,
}

impl Route {
    /// A route for whoever is signed in.
    pub fn new(method: Method, path: &'static str, handler: MethodRouter<App>) -> Self {
        Self {
            method,
            path,
            door: Door::SignedIn,
            handler,
            describe: None,
            summary: "",
            also: None,
            scope: None,
            link_guests: false,
        }
    }

    /// The same from the handler itself, so that the document of the API says what its signature says.
    pub fn of<H, T, A>(method: Method, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, App> + Documented<A>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(method.clone()).expect("a method that routes can have");
        Self {
            describe: Some(<H as Documented<A>>::describe),
            ..Self::new(method, path, on(filter, handler))
        }
    }

    /// What it does.
    pub fn says(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Answers with this status too, and the same body.
    pub fn also(mut self, status: u16) -> Self {
        self.also = Some(status);
        self
    }

    /// Takes bodies of another size than the others.
    pub fn body_limit(mut self, max_bytes: usize) -> Self {
        self.handler = self.handler.layer(DefaultBodyLimit::max(max_bytes));
        self
    }

    /// The same route for somebody else.
    pub fn door(mut self, door: Door) -> Self {
        self.door = door;
        self
    }

    /// The same route for tokens of this scope, in place of the one that its door and method say.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// Opens the route to guests who came by a link, too. What they may see there, the handler's proof decides.
    pub fn link_guests(mut self) -> Self {
        self.link_guests = true;
        self
    }

    /// What stands before it; None where nobody is asked who they are.
    pub fn guard(&self) -> Option<Guard> {
        let link_guests = self.link_guests;
        self.needed_scope().map(|scope| Guard { scope, link_guests })
    }

    /// What a token must be good for; None where nobody is asked who they are. A route that says nothing of itself is
    /// guarded all the same.
    pub fn needed_scope(&self) -> Option<Scope> {
        match self.door {
            Door::Public => None,
            _ if self.scope.is_some() => self.scope,
            Door::Admin => Some(Scope::ADMIN),
            Door::SignedIn if self.method == Method::GET => Some(Scope::READ),
            Door::SignedIn => Some(Scope::WRITE),
        }
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
    /// The letters that it writes when they go out.
    pub letters: Vec<LateLetter>,
    /// What it does in the transactions of other slices' events.
    pub listeners: Vec<Listener>,
    /// Where it names blobs: each takes a hash as text and gives a row when that blob is still needed.
    pub blob_names: Vec<&'static Sql>,
    /// What it writes down in the audit log: past facts, `person.role_changed`. The web app has a sentence for each.
    pub deeds: &'static [&'static str],
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::any;

    #[test]
    fn a_scope_is_covered_by_its_name_and_its_verb() {
        for (needed, granted, covered) in [
            (Scope::READ, "read", true),
            (Scope::READ, "messages:read", false),
            (Scope("messages:read"), "messages:read", true),
            (Scope("messages:read"), "read", true),
            (Scope("messages:read"), "people:read", false),
            (Scope("messages:write"), "read", false),
            (Scope::ADMIN, "write", false),
            (Scope::WRITE, "admin", false),
            (Scope::ANY, "people:read", true),
            (Scope::PERSON, "admin", false),
            (Scope::PERSON, "person", false),
        ] {
            assert_eq!(needed.is_covered_by(granted), covered, "{needed:?} by {granted}");
        }
    }

    #[test]
    fn a_route_that_says_nothing_is_guarded_all_the_same() {
        let route = |method, door| Route::new(method, "/api/x", any(|| async {})).door(door);
        for (route, needed) in [
            (route(Method::GET, Door::Public), None),
            (route(Method::GET, Door::SignedIn), Some(Scope::READ)),
            (route(Method::DELETE, Door::SignedIn), Some(Scope::WRITE)),
            (route(Method::GET, Door::Admin), Some(Scope::ADMIN)),
            (
                route(Method::GET, Door::SignedIn).scope(Scope::ANY),
                Some(Scope::ANY),
            ),
            (route(Method::GET, Door::Public).scope(Scope::READ), None),
        ] {
            assert_eq!(route.needed_scope(), needed);
        }
    }
}
