//! Turns the addresses inside a style into ours; what may not be fetched is left out.

use serde_json::Value;
use url::Url;

use super::super::kept::Kept;
use super::address::Allowed;

/// Turns every address of a style into ours.
///
/// A source that cannot be fetched goes, with the layers that draw it: a map without hills is better than none.
pub(super) fn style(style: &mut Value, allowed: &Allowed, base: &Url, origin: &str) {
    let ours = |named: &str| allowed.ours(base, named).map(|path| format!("{origin}{path}"));
    let mut gone = Vec::new();
    if let Some(sources) = style["sources"].as_object_mut() {
        for (name, source) in sources.iter_mut() {
            if !source_is_ours(source, ours) {
                gone.push(name.clone());
            }
        }
        sources.retain(|name, _| !gone.contains(name));
    }
    if let Some(layers) = style["layers"].as_array_mut() {
        layers.retain(|layer| !gone.iter().any(|name| layer["source"] == name.as_str()));
    }
    if !gone.is_empty() {
        tracing::warn!(
            sources = gone.join(", "),
            "the map's background names addresses that city.toml does not allow"
        );
    }
    for key in ["glyphs", "sprite"] {
        match style.get(key).and_then(Value::as_str).map(ours) {
            Some(Some(address)) => style[key] = address.into(),
            Some(None) => drop(style.as_object_mut().and_then(|style| style.remove(key))),
            None => {}
        }
    }
    if let Some(sprites) = style["sprite"].as_array_mut() {
        sprites.retain_mut(|sprite| text_is_ours(&mut sprite["url"], ours));
    }
}

/// A description of tiles (TileJSON) with its addresses turned into ours; none for anything else.
pub(super) fn tile_set(kept: &Kept, allowed: &Allowed, base: &Url, origin: &str) -> Option<Kept> {
    if !kept.is("application/json") {
        return None;
    }
    let mut tile_set: Value = serde_json::from_slice(&kept.bytes).ok()?;
    tile_set.get("tiles")?.as_array()?;
    let ours = |named: &str| allowed.ours(base, named).map(|path| format!("{origin}{path}"));
    list_is_ours(&mut tile_set["tiles"], ours);
    Some(Kept::new(tile_set.to_string(), "application/json"))
}

fn source_is_ours(source: &mut Value, ours: impl Fn(&str) -> Option<String> + Copy) -> bool {
    // Pictures and films lie beside the map, not in it.
    if source.get("urls").is_some() {
        return false;
    }
    let mut fits = true;
    if source.get("url").is_some() {
        fits &= text_is_ours(&mut source["url"], ours);
    }
    if source.get("tiles").is_some() {
        fits &= list_is_ours(&mut source["tiles"], ours);
    }
    if source.get("data").is_some_and(Value::is_string) {
        fits &= text_is_ours(&mut source["data"], ours);
    }
    fits
}

fn list_is_ours(list: &mut Value, ours: impl Fn(&str) -> Option<String> + Copy) -> bool {
    let Some(addresses) = list.as_array_mut() else { return false };
    addresses.retain_mut(|address| text_is_ours(address, ours));
    !addresses.is_empty()
}

fn text_is_ours(text: &mut Value, ours: impl Fn(&str) -> Option<String>) -> bool {
    match text.as_str().and_then(ours) {
        Some(address) => {
            *text = address.into();
            true
        }
        None => false,
    }
}
