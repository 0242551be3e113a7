//! Addresses inside: of this machine, of the city's own network, of nobody. No name from a style may lead there.
//!
//! The addresses that were looked at are those that are connected to, so that a name cannot lead elsewhere a
//! moment later.

use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::vec::IntoIter;

use hyper_util::client::legacy::connect::dns::{GaiResolver, Name};
use tower::Service;

/// Looks names up and keeps only what lies outside.
#[derive(Clone)]
pub(super) struct OnlyOutside(GaiResolver);

impl OnlyOutside {
    /// The machine's own way to look names up.
    pub(super) fn new() -> Self {
        Self(GaiResolver::new())
    }
}

impl Service<Name> for OnlyOutside {
    type Response = IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Self::Response>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let found = self.0.call(name);
        Box::pin(async move { outside(found.await?) })
    }
}

fn outside(found: impl Iterator<Item = SocketAddr>) -> io::Result<IntoIter<SocketAddr>> {
    let outside: Vec<_> = found.filter(|address| !is_inside(address.ip())).collect();
    if outside.is_empty() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the name leads to no address outside"));
    }
    Ok(outside.into_iter())
}

fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_inside_v4(address),
        IpAddr::V6(address) => is_inside_v6(address),
    }
}

/// What IANA's registry of special IPv4 addresses calls not globally reachable, and multicast.
fn is_inside_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a == 198 && (b == 18 || b == 19))
}

/// Only 2000::/3 is global; in it lie documentation, special purposes, and other ways to write IPv4 addresses.
fn is_inside_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_inside_v4(mapped);
    }
    (a & 0xe000) != 0x2000 || a == 0x2002 || (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_are_told_from_those_outside() {
        for inside in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::a00:1",
            "100::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
        ] {
            assert!(is_inside(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "100.63.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.20.0.1",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "2001:4860:4860::8888",
            "2a00:1450::1",
            "2620:fe::fe",
        ] {
            assert!(!is_inside(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_name_with_several_addresses_leads_only_to_those_outside() {
        let at = |text: &str| SocketAddr::new(text.parse().unwrap(), 0);
        let both = [at("10.0.0.1"), at("2a00:1450::1"), at("::1"), at("1.1.1.1")];
        let left: Vec<_> = outside(both.into_iter()).unwrap().collect();
        assert_eq!(left, [at("2a00:1450::1"), at("1.1.1.1")]);
        assert!(outside([at("10.0.0.1"), at("::1")].into_iter()).is_err());
        assert!(outside(std::iter::empty()).is_err());
    }
}
