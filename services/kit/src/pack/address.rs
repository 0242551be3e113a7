//! Checks of addresses: of the city on the web, and of mail.

use std::str::FromStr;

use serde_spanned::Spanned;
use url::{Host, Url};

use super::table::{Table, listed};

/// The host names that mean this city.
pub(super) fn hosts(root: &Table<'_>) -> Option<Vec<String>> {
    let names = root.texts("hosts")?;
    if names.is_empty() {
        root.sheet.fault_at(list_start(root), "`hosts` is empty; no request would ever reach this city");
        return None;
    }
    let mut hosts: Vec<String> = Vec::new();
    for name in names {
        let text = name.get_ref();
        let is_host = Host::parse(text).is_ok_and(|host| host.to_string() == *text);
        if !is_host {
            root.fault(
                &name,
                format!("\"{text}\" is not a host name; no scheme, no port, lower-case letters"),
            );
        } else if hosts.contains(text) {
            root.fault(&name, format!("\"{text}\" is listed twice"));
        } else {
            hosts.push(name.into_inner());
        }
    }
    Some(hosts)
}

fn list_start(root: &Table<'_>) -> usize {
    root.get("hosts").map_or(root.start, |value| value.span().start)
}

/// Where people reach the product: HTTPS, or this machine while developing, and one of the hosts.
pub(super) fn base_url(root: &Table<'_>, hosts: Option<&[String]>) -> Option<Url> {
    let text = root.text("base_url")?;
    let url = web(root, "base_url", &text)?;
    let host = url.host_str().unwrap_or_default();
    let is_this_machine = host == "localhost" || host == "127.0.0.1" || host.ends_with(".localhost");
    if url.scheme() == "http" && !is_this_machine {
        root.fault(&text, "`base_url` has no encryption; use https");
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        root.fault(&text, "`base_url` has a path; the product owns the whole host");
    }
    if let Some(hosts) = hosts.filter(|hosts| !hosts.iter().any(|known| known == host)) {
        let known = listed(hosts.iter().map(String::as_str));
        root.fault(&text, format!("`base_url` names the host \"{host}\"; `hosts` lists {known}"));
    }
    Some(url)
}

/// An address on the web.
pub(super) fn web(table: &Table<'_>, key: &str, text: &Spanned<String>) -> Option<Url> {
    let url = Url::parse(text.get_ref())
        .ok()
        .filter(|url| url.has_host() && matches!(url.scheme(), "http" | "https"));
    if url.is_none() {
        table.fault(text, format!("`{key}` \"{}\" is not a web address", text.get_ref()));
    }
    url
}

/// A mail address.
pub(super) fn email(table: &Table<'_>, key: &'static str) -> Option<String> {
    let text = table.text(key)?;
    if lettre::Address::from_str(text.get_ref()).is_err() {
        table.fault(&text, format!("`{key}` \"{}\" is not a mail address", text.get_ref()));
        return None;
    }
    Some(text.into_inner())
}
