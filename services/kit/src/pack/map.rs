//! How the map begins and where its background comes from.

use serde_spanned::Spanned;
use url::{Host, Url};

use super::address;
use super::table::Table;

/// How the map begins.
#[derive(Clone, Debug)]
pub struct Map {
    /// The background from elsewhere; without one the product draws its own.
    pub background: Option<Background>,
    /// Longitude and latitude of the middle.
    pub center: [f64; 2],
    /// The zoom level.
    pub zoom: f64,
}

/// A MapLibre style from elsewhere, and the addresses that may be fetched for it.
#[derive(Clone, Debug)]
pub struct Background {
    /// The style for light surroundings.
    pub light: Url,
    /// The style for dark ones.
    pub dark: Url,
    /// What may be fetched: everything whose address begins so. Each path ends with a slash.
    pub allowed: Vec<Url>,
}

/// Reads `[map]`; also says on which line the middle stands, for whoever knows the border.
pub(super) fn read(table: &Table<'_>) -> Option<(Map, usize)> {
    let background = background(table);
    let center = table.numbers("center").and_then(|center| {
        let pair = <[f64; 2]>::try_from(center.get_ref().as_slice()).ok();
        if pair.is_none() {
            table.fault(&center, "`center` is not [longitude, latitude]");
        }
        Some((pair?, table.sheet.line_at(center.span().start)))
    });
    let zoom = table.number("zoom").filter(|zoom| {
        let fits = (0.0..=22.0).contains(zoom.get_ref());
        if !fits {
            table.fault(zoom, "`zoom` is not a number from 0 to 22");
        }
        fits
    });
    table.finish();
    let (center, line) = center?;
    Some((Map { background, center, zoom: zoom?.into_inner() }, line))
}

fn background(table: &Table<'_>) -> Option<Background> {
    let light = table.optional_text("style_url");
    let dark = table.optional_text("style_url_dark");
    let prefixes = table.optional_texts("allowed");
    let Some(light) = light else {
        for other in dark.iter().chain(prefixes.iter().flatten()) {
            table.fault(other, "this needs a `style_url`; without one nothing is fetched from elsewhere");
        }
        return None;
    };
    let style = fetched(table, "style_url", &light)?;
    let allowed: Vec<Url> = match &prefixes {
        None => vec![style.join(".").ok()?],
        Some(prefixes) => prefixes.iter().filter_map(|prefix| allowed(table, prefix)).collect(),
    };
    let inside = |key: &str, text: &Spanned<String>, url: Url| {
        let fits = allowed.iter().any(|prefix| url.as_str().starts_with(prefix.as_str()));
        if !fits {
            table.fault(text, format!("`{key}` begins like no address in `allowed`"));
        }
        fits.then_some(url)
    };
    let dark = match dark {
        None => style.clone(),
        Some(text) => {
            fetched(table, "style_url_dark", &text).and_then(|url| inside("style_url_dark", &text, url))?
        }
    };
    let light = inside("style_url", &light, style)?;
    Some(Background { light, dark, allowed })
}

/// The beginning of addresses that may be fetched: a whole folder, so that a name cannot go on past it.
fn allowed(table: &Table<'_>, text: &Spanned<String>) -> Option<Url> {
    let url = fetched(table, "allowed", text)?;
    if !url.path().ends_with('/') {
        table.fault(text, "an address in `allowed` ends with /: it names a folder");
        return None;
    }
    Some(url)
}

/// An address that the product itself fetches: encrypted, by name, without anything secret in it.
fn fetched(table: &Table<'_>, key: &str, text: &Spanned<String>) -> Option<Url> {
    let url = address::web(table, key, text)?;
    let is_this_machine = url.host_str() == Some("127.0.0.1");
    if url.scheme() != "https" && !is_this_machine {
        table.fault(text, format!("`{key}` has no encryption; use https"));
    } else if !is_this_machine && !matches!(url.host(), Some(Host::Domain(_))) {
        table.fault(text, format!("`{key}` names a number instead of a host"));
    } else if !url.username().is_empty() || url.password().is_some() {
        table.fault(text, format!("`{key}` holds a name or a password"));
    } else if url.query().is_some() || url.fragment().is_some() {
        table.fault(text, format!("`{key}` has a query; only plain paths are fetched"));
    } else {
        return Some(url);
    }
    None
}
