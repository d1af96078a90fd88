//! Who is at the other end: the address behind the proxies, and the id of the request.
//!
//! Invariants: a forwarded header counts only from a configured proxy, and is read from its right end up to the first
//! address that is no such proxy, so that nothing a client writes itself is believed; addresses are never logged.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::ConnectInfo;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{Extensions, HeaderMap};
use ipnet::IpNet;
use uuid::Uuid;

use crate::config::{ForwardedHeader, ProxyConfig};

/// The id that this server gave to the request; the answer carries it in `x-request-id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId(pub Uuid);

/// The address of the client, behind trusted proxies. Extracting it never fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// What limits count by: an IPv4 address, or the /64 of an IPv6 address, which one household or host holds whole.
    pub fn network(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
    }

    /// True for this machine and for private networks, from where an operator looks.
    pub fn is_near(self) -> bool {
        match self.0 {
            IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
            IpAddr::V6(address) => {
                address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
            }
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<ClientAddress, Infallible> {
        let found = parts.extensions.get::<ClientAddress>().copied();
        Ok(found.unwrap_or_else(|| ClientAddress(peer_of(&parts.extensions))))
    }
}

/// The configured proxies, and how they tell whom they speak for.
#[derive(Clone, Debug)]
pub(super) struct Proxies {
    trusted: Vec<IpNet>,
    header: ForwardedHeader,
}

impl Proxies {
    pub(super) fn new(config: &ProxyConfig) -> Proxies {
        Proxies {
            trusted: config.trusted.clone(),
            header: config.header,
        }
    }

    /// True for the address of a configured proxy.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// The client of this request.
    pub(super) fn client(&self, extensions: &Extensions, headers: &HeaderMap) -> ClientAddress {
        let mut client = peer_of(extensions);
        if !self.trusts(client) {
            return ClientAddress(client);
        }
        for hop in self.hops(headers).iter().rev() {
            let Some(address) = hop else { break };
            client = *address;
            if !self.trusts(client) {
                break;
            }
        }
        ClientAddress(client)
    }

    /// The forwarded addresses from left (claimed by the client) to right (seen by the last proxy); `None` for what is
    /// no address, such as `unknown`.
    fn hops(&self, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
        let (name, read): (_, fn(&str) -> Option<IpAddr>) = match self.header {
            ForwardedHeader::XForwardedFor => ("x-forwarded-for", address_of),
            ForwardedHeader::Forwarded => ("forwarded", for_of),
        };
        let lines = headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap_or_default());
        lines.flat_map(|line| line.split(',')).map(read).collect()
    }
}

/// The other end of the connection. In a test without connection: this machine.
fn peer_of(extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<std::net::SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip().to_canonical())
}

/// `for=` of one element of a `Forwarded` header (RFC 7239, section 4).
fn for_of(element: &str) -> Option<IpAddr> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs
        .into_iter()
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))?;
    address_of(value.trim().trim_matches('"'))
}

/// An address with or without port; IPv6 with or without brackets.
fn address_of(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = match text.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if text.matches(':').count() == 1 => text.split(':').next().unwrap_or_default(),
        None => text,
    };
    bare.parse::<IpAddr>().ok().map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(header: ForwardedHeader, peer: &str, lines: &[&str]) -> String {
        let trusted = vec!["10.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
        let name = match header {
            ForwardedHeader::XForwardedFor => "x-forwarded-for",
            ForwardedHeader::Forwarded => "forwarded",
        };
        let mut headers = HeaderMap::new();
        lines.iter().for_each(|line| {
            headers.append(name, line.parse().unwrap());
        });
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(std::net::SocketAddr::new(
            peer.parse().unwrap(),
            4000,
        )));
        Proxies { trusted, header }
            .client(&extensions, &headers)
            .0
            .to_string()
    }

    #[test]
    fn only_configured_proxies_are_believed() {
        let check = |peer, lines: &[&str], expected: &str| {
            assert_eq!(
                client(ForwardedHeader::XForwardedFor, peer, lines),
                expected,
                "{peer} {lines:?}"
            );
        };
        check("203.0.113.9", &["1.1.1.1"], "203.0.113.9");
        check("10.0.0.1", &[], "10.0.0.1");
        check("10.0.0.1", &["198.51.100.7"], "198.51.100.7");
        check("::ffff:10.0.0.1", &["198.51.100.7:5000"], "198.51.100.7");
        check("10.0.0.1", &["1.1.1.1, 198.51.100.7, 10.0.0.2"], "198.51.100.7");
        check("10.0.0.1", &["1.1.1.1", "198.51.100.7"], "198.51.100.7");
        check("10.0.0.1", &["1.1.1.1, nonsense"], "10.0.0.1");
        check("10.0.0.1", &["10.0.0.3, 10.0.0.2"], "10.0.0.3");
        check("fd00::1", &["[2001:db8::7]:443"], "2001:db8::7");
        check("fd00::1", &["2001:db8::7"], "2001:db8::7");
    }

    #[test]
    fn the_standard_header_is_read_too() {
        let check = |lines: &[&str], expected: &str| {
            assert_eq!(
                client(ForwardedHeader::Forwarded, "10.0.0.1", lines),
                expected,
                "{lines:?}"
            );
        };
        check(&["for=198.51.100.7;proto=https;by=10.0.0.1"], "198.51.100.7");
        check(&["For=\"[2001:db8:cafe::17]:4711\""], "2001:db8:cafe::17");
        check(
            &["for=1.1.1.1, for=198.51.100.7, proto=http;for=10.1.1.1"],
            "198.51.100.7",
        );
        check(&["for=unknown"], "10.0.0.1");
        check(&["for=_hidden, for=198.51.100.7"], "198.51.100.7");
    }

    #[test]
    fn limits_count_whole_ipv6_networks() {
        let network = |text: &str| ClientAddress(text.parse().unwrap()).network().to_string();
        assert_eq!(network("198.51.100.7"), "198.51.100.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    }
}
