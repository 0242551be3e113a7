//! Turns the addresses inside a style into ours; what may not be fetched is left out.

use std::collections::HashSet;

use serde_json::{Map, Value};
use url::Url;

use super::super::kept::Kept;
use super::address::Allowed;

/// The members of a style that a map needs; others may name addresses that nobody looked at.
const MEMBERS: [&str; 18] = [
    "version",
    "name",
    "center",
    "centerAltitude",
    "zoom",
    "bearing",
    "pitch",
    "roll",
    "light",
    "sky",
    "terrain",
    "projection",
    "state",
    "transition",
    "sprite",
    "glyphs",
    "sources",
    "layers",
];

/// Turns every address of a style into ours.
///
/// A source that cannot be fetched goes, with the layers that draw it: a map without hills is better than none.
pub(super) fn style(style: &mut Value, allowed: &Allowed, base: &Url, origin: &str) {
    let Some(members) = style.as_object_mut() else { return };
    members.retain(|name, _| MEMBERS.contains(&name.as_str()));
    let ours = |named: &str| allowed.ours(base, named).map(|path| format!("{origin}{path}"));
    let mut gone = Vec::new();
    if let Some(sources) = members.get_mut("sources").and_then(Value::as_object_mut) {
        sources.retain(|name, source| {
            let fits = source_is_ours(source, ours);
            if !fits {
                gone.push(name.clone());
            }
            fits
        });
    }
    drop_what_has_no_source(members);
    if !gone.is_empty() {
        tracing::warn!(
            sources = gone.join(", "),
            "the map's background names addresses that city.toml does not allow"
        );
    }
    let whole = |address: &mut Value| address.is_string() && text_is_ours(address, ours);
    if !members.get_mut("glyphs").is_some_and(whole) {
        members.remove("glyphs");
    }
    let has_signs = members.get_mut("sprite").is_some_and(|sprite| match sprite.as_array_mut() {
        None => whole(sprite),
        Some(sprites) => {
            sprites.retain_mut(|sprite| sprite.get_mut("url").is_some_and(whole));
            !sprites.is_empty()
        }
    });
    if !has_signs {
        members.remove("sprite");
    }
}

/// Drops layers and hills whose source is not there.
fn drop_what_has_no_source(members: &mut Map<String, Value>) {
    let sources = members.get("sources").and_then(Value::as_object);
    let there: HashSet<String> = sources.map(|all| all.keys().cloned().collect()).unwrap_or_default();
    let is_there = |thing: &Value| match thing.get("source") {
        None => true,
        Some(source) => source.as_str().is_some_and(|name| there.contains(name)),
    };
    if let Some(layers) = members.get_mut("layers").and_then(Value::as_array_mut) {
        layers.retain(is_there);
    }
    if !members.get("terrain").is_some_and(is_there) {
        members.remove("terrain");
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
    // Films lie beside the map, not in it.
    if !source.is_object() || source.get("urls").is_some() {
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
