//! The one client for addresses that a user names: link cards, hooks, imports.
//!
//! Invariants: only http and https, only to ports 80 and 443, only to public addresses (`address`); the address that was
//! checked is the one that is connected to, so a name that changes its mind meanwhile gains nothing; every redirect is
//! checked like a first address, and there are at most [`REDIRECTS_MAX`]; an answer has a bounded size and a bounded time.
//! No proxy, cookie or credential of this machine goes along. Does not know what the answers are for.

mod address;
#[cfg(test)]
mod tests;

pub use address::is_public;

use bytes::{Bytes, BytesMut};
use futures_util::future::BoxFuture;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{CONTENT_TYPE, LOCATION, USER_AGENT},
};
use reqwest::{
    Url,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};
use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// Redirects that are followed. Link shorteners need two.
pub const REDIRECTS_MAX: usize = 3;
/// From the first look-up to the last byte, all redirects together.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes of an answer; docs/limits.md.
pub const ANSWER_MAX_BYTES: usize = 1024 * 1024;
/// Bytes of an address that somebody names.
pub const URL_MAX_BYTES: usize = 2048;
const AGENT: HeaderValue = HeaderValue::from_static("Antiphon");

/// Looks a name up. A test brings its own.
pub type Lookup = Arc<dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync>;

/// Why an address was not asked, or did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No URL of http or https on its usual port, or one with a user's name in it.
    #[error("only http and https addresses on their usual ports can be used")]
    Address,
    /// It leads, or one of its redirects leads, to a network that is not public.
    #[error("the address is not on the public internet")]
    Private,
    /// More than [`REDIRECTS_MAX`].
    #[error("the address redirects too often")]
    Redirects,
    /// More than the caller takes.
    #[error("the answer is too big")]
    TooBig,
    /// Another media type than the caller takes.
    #[error("the answer is of another kind")]
    Kind,
    /// Not within [`TIMEOUT`].
    #[error("there was no answer in time")]
    Timeout,
    /// No connection: nothing was said to it.
    #[error("the connection failed")]
    Connection,
    /// The connection broke, perhaps after everything was said.
    #[error("the connection broke")]
    Broken,
}

/// What to ask for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// GET follows redirects, others do not: a body meant for one place is not given to another.
    pub method: Method,
    /// As the user typed it.
    pub url: String,
    /// Headers of the caller's own.
    pub headers: HeaderMap,
    /// Empty for GET.
    pub body: Bytes,
    /// Media types that are taken; empty: any.
    pub kinds: &'static [&'static str],
    /// At most as many as the client takes: [`ANSWER_MAX_BYTES`], unless it was given other bounds.
    pub max_bytes: usize,
    /// Whether a longer answer is cut instead of refused.
    pub cut: bool,
}

impl Ask {
    /// Asks for a page.
    pub fn get(url: &str) -> Self {
        Self {
            method: Method::GET,
            url: url.to_owned(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
            kinds: &[],
            max_bytes: ANSWER_MAX_BYTES,
            cut: false,
        }
    }

    /// Sends something.
    pub fn post(url: &str, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            method: Method::POST,
            headers,
            body,
            ..Self::get(url)
        }
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    /// Any status but a followed redirect.
    pub status: StatusCode,
    /// Where it came from in the end.
    pub url: String,
    /// The media type without parameters, in small letters; empty when none was said.
    pub kind: String,
    /// The whole header of it.
    pub content_type: String,
    /// All headers.
    pub headers: HeaderMap,
    /// At most as many bytes as were asked for.
    pub body: Bytes,
}

/// The client. Cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    http: reqwest::Client,
    /// `host:port` in small letters, which the operator trusts.
    allowed: Arc<[String]>,
    timeout: Duration,
    answer_max_bytes: usize,
}

impl Outbound {
    /// The client of a server; `allowed` are `host:port` that may be private and on any port, for development.
    pub fn new(allowed: &[String]) -> Self {
        Self::with_lookup(allowed, Arc::new(|name| Box::pin(look_up(name))), TIMEOUT)
    }

    /// The same with another way to find addresses, and another patience.
    pub fn with_lookup(allowed: &[String], lookup: Lookup, timeout: Duration) -> Self {
        // Fails only when a provider is chosen already, which is this one too.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let allowed: Arc<[String]> = allowed.iter().map(|host| host.to_ascii_lowercase()).collect();
        let resolver = Checked {
            lookup,
            allowed: allowed.clone(),
        };
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .dns_resolver(Arc::new(resolver))
            // Sooner than the whole, so that who was never reached can be told from who did not answer.
            .connect_timeout(timeout.mul_f64(0.8))
            // A kept connection would outlive what its name resolves to.
            .pool_max_idle_per_host(0)
            .build()
            .expect("the roots of this system can be read");
        Self {
            http,
            allowed,
            timeout,
            answer_max_bytes: ANSWER_MAX_BYTES,
        }
    }

    /// The same with other bounds: for whole files, which an operator asks for.
    pub fn with_bounds(self, timeout: Duration, answer_max_bytes: usize) -> Self {
        Self {
            timeout,
            answer_max_bytes,
            ..self
        }
    }

    /// Whether the address could be asked at all; names are looked up only when it is.
    pub fn check(&self, url: &str) -> Result<(), Refusal> {
        self.checked_url(url).map(|_| ())
    }

    /// Asks, within the bounds of this module.
    pub async fn ask(&self, ask: Ask) -> Result<Reply, Refusal> {
        match tokio::time::timeout(self.timeout, self.follow(ask)).await {
            Ok(answered) => answered,
            Err(_) => Err(Refusal::Timeout),
        }
    }

    async fn follow(&self, ask: Ask) -> Result<Reply, Refusal> {
        let mut url = self.checked_url(&ask.url)?;
        for _ in 0..=REDIRECTS_MAX {
            let response = self.send(&ask, &url).await?;
            let target = (ask.method == Method::GET)
                .then(|| redirect_of(&url, &response))
                .flatten();
            match target {
                Some(target) => url = self.checked_url(&target)?,
                None => {
                    let max_bytes = ask.max_bytes.min(self.answer_max_bytes);
                    return read(&ask, max_bytes, url, response).await;
                }
            }
        }
        Err(Refusal::Redirects)
    }

    async fn send(&self, ask: &Ask, url: &Url) -> Result<reqwest::Response, Refusal> {
        let request = self
            .http
            .request(ask.method.clone(), url.clone())
            .headers(ask.headers.clone())
            .header(USER_AGENT, AGENT)
            .body(ask.body.clone());
        request.send().await.map_err(|error| why(&error))
    }

    /// The parser turns every spelling of an IPv4 address (octal, hexadecimal, one number) into the address itself
    /// (WHATWG URL, host parsing). Names are checked when they are looked up.
    fn checked_url(&self, text: &str) -> Result<Url, Refusal> {
        if text.len() > URL_MAX_BYTES {
            return Err(Refusal::Address);
        }
        let mut url = Url::parse(text).map_err(|_| Refusal::Address)?;
        url.set_fragment(None);
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return Err(Refusal::Address);
        };
        let is_web = matches!(url.scheme(), "http" | "https");
        if !is_web || !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Address);
        }
        if self.allowed.contains(&format!("{host}:{port}")) {
            return Ok(url);
        }
        if !matches!((url.scheme(), port), ("http", 80) | ("https", 443)) {
            return Err(Refusal::Address);
        }
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(address) if !is_public(address) => Err(Refusal::Private),
            _ => Ok(url),
        }
    }
}

fn redirect_of(url: &Url, response: &reqwest::Response) -> Option<String> {
    let moved = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(LOCATION).filter(|_| moved)?;
    let target = url.join(location.to_str().ok()?).ok()?;
    Some(target.into())
}

async fn read(
    ask: &Ask,
    max_bytes: usize,
    url: Url,
    mut response: reqwest::Response,
) -> Result<Reply, Refusal> {
    let status = response.status();
    let headers = response.headers().clone();
    let content_type = headers.get(CONTENT_TYPE);
    let content_type = content_type
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if !ask.kinds.is_empty() && !ask.kinds.contains(&kind.as_str()) {
        return Err(Refusal::Kind);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| why(&error))? {
        let room = max_bytes - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            if ask.cut {
                break;
            }
            return Err(Refusal::TooBig);
        }
    }
    Ok(Reply {
        status,
        url: url.into(),
        kind,
        content_type,
        headers,
        body: body.freeze(),
    })
}

/// A refusal of ours comes back wrapped in the errors of the client.
fn why(error: &reqwest::Error) -> Refusal {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<Refusal>().is_some() || error.to_string() == Refusal::Private.to_string() {
            return Refusal::Private;
        }
        cause = error.source();
    }
    if error.is_connect() {
        Refusal::Connection
    } else if error.is_timeout() {
        Refusal::Timeout
    } else {
        Refusal::Broken
    }
}

/// Looks names up and gives only public addresses to the one who connects.
struct Checked {
    lookup: Lookup,
    allowed: Arc<[String]>,
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_ascii_lowercase();
        // The port is not known here. It was checked with the URL: a name that is allowed on one port only gets there.
        let is_trusted = self
            .allowed
            .iter()
            .any(|allowed| allowed.rsplit_once(':').is_some_and(|(host, _)| host == name));
        let found = (self.lookup)(name);
        Box::pin(async move {
            let found = found.await?;
            // One private address among public ones is an attempt, not a mistake.
            if !is_trusted && !found.iter().all(|address| is_public(*address)) {
                return Err(Refusal::Private.into());
            }
            let addresses: Vec<SocketAddr> = found.into_iter().map(|address| (address, 0).into()).collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

async fn look_up(name: String) -> io::Result<Vec<IpAddr>> {
    let found = tokio::net::lookup_host((name, 0)).await?;
    Ok(found.map(|address| address.ip()).collect())
}

/// A header of our own for an [`Ask`]; the name is a constant, the value ASCII.
pub fn header(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
