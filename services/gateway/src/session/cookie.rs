//! The cookie: `__Host-` binds it to this host, to HTTPS and to the whole of the site (RFC 6265bis).

use http::HeaderMap;
use http::header::COOKIE;

/// The cookie's name.
pub const NAME: &str = "__Host-session";
/// Attributes of the cookie; without an age it ends with the browser.
const ATTRIBUTES: &str = "Path=/; Secure; HttpOnly; SameSite=Lax";

/// The value of `Set-Cookie` that sets it.
pub fn set(cookie: &str) -> String {
    format!("{NAME}={cookie}; {ATTRIBUTES}")
}

/// The value of `Set-Cookie` that clears it.
pub fn clear() -> String {
    format!("{NAME}=; {ATTRIBUTES}; Max-Age=0")
}

/// The cookie that the browser sent, if its form is ours; two of the name are none.
pub fn read(headers: &HeaderMap) -> Option<&str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(NAME)?.strip_prefix('='));
    let cookie = found.next()?;
    let ours = cookie.len() == 43
        && cookie.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign));
    (ours && found.next().is_none()).then_some(cookie)
}
