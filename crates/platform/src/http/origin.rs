//! Refuses what a foreign page makes a browser send: every request that may change something, and every upgrade.
//!
//! Invariants: free is only a program, which shows a bearer token and no cookie: no page can make a browser add that
//! header to a foreign request. Everybody else must name our origin, also before signing in (a page that signs people
//! in to an account of its own is an attack too). A browser that tells `Sec-Fetch-Site` must agree. Forms are therefore
//! sent by script: with `Referrer-Policy: no-referrer` a plain form would say `Origin: null`.

use http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN, UPGRADE};
use http::{HeaderMap, Method, Uri};

use super::problem::{FOREIGN_ORIGIN, Problem};
use crate::config::Config;

/// Addresses that hold their own secret: whoever knows one is let in, and nothing else of the request counts. Senders
/// that were made for other servers bring no header of ours.
const FOR_PROGRAMS: [&str; 2] = ["/api/hooks/", "/api/unsubscribe/"];

/// Knows which origin is ours.
#[derive(Clone, Debug)]
pub(super) struct OriginCheck {
    /// `None`: not configured, so the `Host` of the request counts. Set it, and DNS tricks cannot pass as us.
    public_origin: Option<String>,
}

impl OriginCheck {
    pub(super) fn new(config: &Config) -> OriginCheck {
        OriginCheck {
            public_origin: config.public_url_is_set.then(|| config.public_url.clone()),
        }
    }

    /// Lets our own pages and programs pass.
    pub(super) fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        let only_reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let is_for_programs = FOR_PROGRAMS.iter().any(|path| uri.path().starts_with(path));
        let shows_secret = is_for_programs && !headers.contains_key(COOKIE);
        if (only_reads && !headers.contains_key(UPGRADE)) || is_program(headers) || shows_secret {
            return Ok(());
        }
        let origin = headers.get(ORIGIN).and_then(|value| value.to_str().ok());
        let site = headers.get("sec-fetch-site").map(|value| value.as_bytes());
        let is_near = site.is_none_or(|site| site == b"same-origin" || site == b"none");
        if is_near && origin.is_some_and(|origin| self.is_ours(origin, uri, headers)) {
            return Ok(());
        }
        Err(Problem::new(&FOREIGN_ORIGIN).detail(match &self.public_origin {
            Some(origin) => {
                format!("This server is known as {origin}. Open it under that address, or use a token.")
            }
            None => "The page that sent this is not one of this server.".to_owned(),
        }))
    }

    fn is_ours(&self, origin: &str, uri: &Uri, headers: &HeaderMap) -> bool {
        if let Some(ours) = &self.public_origin {
            return origin == ours;
        }
        // HTTP/2 has no Host: the address stands in the URI.
        let host = headers.get(HOST).and_then(|value| value.to_str().ok());
        let host = host.or_else(|| uri.authority().map(|authority| authority.as_str()));
        let named = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        matches!((named, host), (Some(named), Some(host)) if named.eq_ignore_ascii_case(host))
    }
}

fn is_program(headers: &HeaderMap) -> bool {
    let bearer = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.as_bytes().get(..7));
    bearer.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer ")) && !headers.contains_key(COOKIE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://talk.example.org";

    fn passes(public_origin: Option<&str>, method: Method, lines: &[(&'static str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        lines.iter().for_each(|(name, value)| {
            headers.append(*name, value.parse().unwrap());
        });
        let check = OriginCheck {
            public_origin: public_origin.map(str::to_owned),
        };
        check
            .check(&method, &Uri::from_static("/api/x"), &headers)
            .is_ok()
    }

    #[test]
    fn what_changes_something_names_our_origin() {
        let check = |lines: &[(&'static str, &str)], expected: bool| {
            for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
                assert_eq!(
                    passes(Some(OURS), method.clone(), lines),
                    expected,
                    "{method} {lines:?}"
                );
            }
        };
        check(&[("origin", OURS)], true);
        check(
            &[
                ("origin", OURS),
                ("cookie", "a=b"),
                ("sec-fetch-site", "same-origin"),
            ],
            true,
        );
        check(&[("origin", OURS), ("sec-fetch-site", "none")], true);
        check(&[("origin", OURS), ("sec-fetch-site", "cross-site")], false);
        check(&[("origin", OURS), ("sec-fetch-site", "same-site")], false);
        check(&[("origin", "https://evil.example")], false);
        check(&[("origin", "http://talk.example.org")], false);
        check(&[("origin", "https://talk.example.org.evil.example")], false);
        check(&[("origin", "null")], false);
        check(&[], false);
        check(&[("cookie", "a=b")], false);
        check(&[("sec-fetch-site", "same-origin")], false);
        check(&[("authorization", "Bearer t")], true);
        check(
            &[("authorization", "bearer t"), ("origin", "https://evil.example")],
            true,
        );
        check(&[("authorization", "Bearer t"), ("cookie", "a=b")], false);
        check(&[("authorization", "Basic dDp0")], false);
    }

    #[test]
    fn an_address_that_holds_its_secret_asks_for_no_origin() {
        let check = OriginCheck {
            public_origin: Some(OURS.to_owned()),
        };
        let passes = |path: &'static str, lines: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            lines.iter().for_each(|(name, value)| {
                headers.append(*name, value.parse().unwrap());
            });
            check
                .check(&Method::POST, &Uri::from_static(path), &headers)
                .is_ok()
        };
        assert!(passes("/api/hooks/secret", &[]));
        assert!(passes("/api/hooks/secret", &[("origin", "https://evil.example")]));
        assert!(
            !passes("/api/hooks/secret", &[("cookie", "a=b")]),
            "a browser with a session is no sender"
        );
        assert!(!passes("/api/hooks", &[]));
        assert!(!passes("/api/channels/hooks/", &[]));
    }

    #[test]
    fn reading_is_free_but_an_upgrade_is_not() {
        let upgrade = ("upgrade", "websocket");
        for (lines, expected) in [
            (vec![("cookie", "a=b"), ("sec-fetch-site", "cross-site")], true),
            (vec![upgrade, ("cookie", "a=b")], false),
            (vec![upgrade], false),
            (
                vec![upgrade, ("origin", "https://evil.example"), ("cookie", "a=b")],
                false,
            ),
            (vec![upgrade, ("origin", OURS), ("cookie", "a=b")], true),
            (vec![upgrade, ("authorization", "Bearer t")], true),
        ] {
            assert_eq!(passes(Some(OURS), Method::GET, &lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn without_configuration_the_host_of_the_request_counts() {
        for (origin, host, expected) in [
            ("http://localhost:8080", "localhost:8080", true),
            ("https://talk.example.org", "talk.example.org", true),
            ("http://LOCALHOST:8080", "localhost:8080", true),
            ("http://localhost:9090", "localhost:8080", false),
            ("http://evil.example", "localhost:8080", false),
            ("null", "localhost:8080", false),
            ("ftp://localhost:8080", "localhost:8080", false),
        ] {
            let lines = [("origin", origin), ("host", host)];
            assert_eq!(passes(None, Method::POST, &lines), expected, "{origin} at {host}");
        }
    }
}
