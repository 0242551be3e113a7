//! Which addresses may be fetched: only what lies below an address of the city pack.
//!
//! A path of ours names the host and the path there. Both are compared as text with what the pack lists, and
//! whatever another program could read differently (dots, empty parts, escapes of separators) is refused before.

use url::Url;

/// The way from our paths to addresses elsewhere and back.
#[derive(Clone, Debug)]
pub(super) struct Allowed(Vec<Url>);

/// Where our paths of other hosts begin.
const OURS: &str = "/map/proxy/";

impl Allowed {
    /// What lies below these addresses; the pack has checked them.
    pub(super) fn below(prefixes: &[Url]) -> Self {
        Self(prefixes.to_vec())
    }

    /// The address that a path of ours stands for, if it may be fetched.
    pub(super) fn address(&self, path: &str) -> Option<Url> {
        let (host, rest) = path.strip_prefix(OURS)?.split_once('/')?;
        if !is_plain(rest) {
            return None;
        }
        let prefix = self.0.iter().find(|prefix| {
            authority(prefix) == host
                && rest.strip_prefix(&prefix.path()[1..]).is_some_and(|rest| !rest.is_empty())
        })?;
        let address = Url::parse(&format!("{}/{rest}", prefix.origin().ascii_serialization())).ok()?;
        // The parser had nothing to tidy up: the address is the one that was compared.
        (address.path() == format!("/{rest}")).then_some(address)
    }

    /// The path of ours for an address that a style names, templates such as `{z}` included.
    ///
    /// `base` is where the style came from; none when the address may not be fetched.
    pub(super) fn ours(&self, base: &Url, named: &str) -> Option<String> {
        let address = base.join(named).ok()?;
        let text = address.as_str().replace("%7B", "{").replace("%7D", "}");
        let prefix = self.0.iter().find(|prefix| text.starts_with(prefix.as_str()))?;
        if address.query().is_some() || address.fragment().is_some() {
            return None;
        }
        let rest = text.strip_prefix(&prefix.origin().ascii_serialization())?;
        Some(format!("{OURS}{}{rest}", authority(prefix)))
    }
}

fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether every part of a path means itself, to whoever reads it.
fn is_plain(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    // Dots, separators, escapes of escapes, and characters that steer instead of naming something.
    let hidden = ["%2e", "%2f", "%5c", "%25", "%3f", "%23", "%0", "%1", "%7f"]
        .iter()
        .any(|escape| lower.contains(escape));
    let odd = |byte: u8| !(byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte));
    !hidden
        && !path.bytes().any(odd)
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> Allowed {
        Allowed::below(&[
            "https://maps.example/city/".parse().unwrap(),
            "http://127.0.0.1:8090/own/".parse().unwrap(),
        ])
    }

    #[test]
    fn an_address_below_a_listed_folder_is_fetched() {
        for (path, address) in [
            ("/map/proxy/maps.example/city/t/1/2/3.pbf", "https://maps.example/city/t/1/2/3.pbf"),
            (
                "/map/proxy/maps.example/city/f/Noto%20Sans,Arial/0-255.pbf",
                "https://maps.example/city/f/Noto%20Sans,Arial/0-255.pbf",
            ),
            ("/map/proxy/127.0.0.1:8090/own/x", "http://127.0.0.1:8090/own/x"),
        ] {
            assert_eq!(allowed().address(path).map(String::from).as_deref(), Some(address));
        }
    }

    #[test]
    fn nothing_else_is_fetched() {
        for path in [
            "/map/proxy/",
            "/map/proxy/maps.example",
            "/map/proxy/maps.example/",
            "/map/proxy/maps.example/city/",
            "/map/proxy/maps.example/city",
            "/map/proxy/maps.example/cityx/a",
            "/map/proxy/maps.example/other/a",
            "/map/proxy/maps.example/city/../other/a",
            "/map/proxy/maps.example/city/./a",
            "/map/proxy/maps.example/city//a",
            "/map/proxy/maps.example//city/a",
            "/map/proxy/maps.example/city/%2e%2e/other",
            "/map/proxy/maps.example/city/%2E./other",
            "/map/proxy/maps.example/city/..%2fother",
            "/map/proxy/maps.example/city/%252e%252e/other",
            "/map/proxy/maps.example/city/..\\other",
            "/map/proxy/maps.example/city/%5c..%5cother",
            "/map/proxy/maps.example/city/a%00",
            "/map/proxy/maps.example/city/a%0d%0aHost:%20evil.example",
            "/map/proxy/maps.example/city/a%1B",
            "/map/proxy/maps.example/city/a%7F",
            "/map/proxy/maps.example/city/a\u{e4}",
            "/map/proxy/maps.example/city/a%3Fkey=1",
            "/map/proxy/maps.example:443/city/a",
            "/map/proxy/maps.example:8443/city/a",
            "/map/proxy/MAPS.example/city/a",
            "/map/proxy/maps.example./city/a",
            "/map/proxy/me@maps.example/city/a",
            "/map/proxy/maps.example@evil.example/city/a",
            "/map/proxy/evil.example/city/a",
            "/map/proxy/x.maps.example/city/a",
            "/map/proxy/maps.example.evil.example/city/a",
            "/map/proxy/127.0.0.1/own/x",
            "/map/proxy/127.0.0.1:8091/own/x",
            "/map/proxy/2130706433:8090/own/x",
            "/map/proxy/[::1]:8090/own/x",
            "/map/proxy/169.254.169.254/latest/meta-data",
            "/map/proxy/https://maps.example/city/a",
        ] {
            assert_eq!(allowed().address(path), None, "{path}");
        }
    }

    #[test]
    fn addresses_inside_a_style_become_ours_or_vanish() {
        let base: Url = "https://maps.example/city/styles/grey.json".parse().unwrap();
        for (named, ours) in [
            (
                "https://maps.example/city/t/{z}/{x}/{y}.pbf",
                Some("/map/proxy/maps.example/city/t/{z}/{x}/{y}.pbf"),
            ),
            ("../sprites/grey", Some("/map/proxy/maps.example/city/sprites/grey")),
            (
                "/city/f/{fontstack}/{range}.pbf",
                Some("/map/proxy/maps.example/city/f/{fontstack}/{range}.pbf"),
            ),
            ("../../other/a", None),
            ("https://maps.example/city/t?key=secret", None),
            ("https://maps.example.evil.example/city/t", None),
            ("http://maps.example/city/t", None),
            ("https://{s}.maps.example/city/t", None),
            ("data:application/json,{}", None),
        ] {
            assert_eq!(allowed().ours(&base, named).as_deref(), ours, "{named}");
        }
    }
}
