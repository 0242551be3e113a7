//! The style that needs no other host, and our layers over a style from elsewhere.

use kit::pack::{Attribution, Pack};
use serde_json::{Map, Value, json};

use super::colours::Colours;
use super::{AREAS, PLACES, Theme, basemap, own};

/// How much of what is not the city the veil hides.
const VEIL: f64 = 0.62;
/// The same over a background that has its own colours.
const LIGHT_VEIL: f64 = 0.25;

/// The product's own style; with `streets`, the source of imported streets.
pub(super) fn style(pack: &Pack, origin: &str, theme: Theme, streets: Option<Value>) -> Value {
    let colours = Colours::of(theme, &pack.city.accent);
    let mut layers = own::ground(&colours);
    let mut sources = sources(pack, origin);
    if let Some(streets) = streets {
        sources.insert("basemap".to_owned(), streets);
        layers.extend(basemap::layers(&colours));
        layers.extend(own::borders(&colours, VEIL));
        layers.extend(own::street_names(&colours));
    } else {
        layers.extend(own::borders(&colours, 0.0));
    }
    layers.extend(own::names(&colours));
    json!({ "version": 8, "name": pack.name(), "center": pack.city.map.center, "zoom": pack.city.map.zoom,
        "sources": sources, "layers": layers })
}

/// A style from elsewhere with the city's borders over it.
///
/// Names are the background's business: it has fonts of its own, and most of the names already.
pub(super) fn over(mut background: Value, pack: &Pack, origin: &str, theme: Theme) -> Value {
    let colours = Colours::of(theme, &pack.city.accent);
    let own = sources(pack, origin).into_iter().map(|(name, source)| (format!("city-{name}"), source));
    if let Some(sources) = background["sources"].as_object_mut() {
        sources.extend(own.filter(|(name, _)| name == "city-areas"));
    }
    let borders = own::borders(&colours, LIGHT_VEIL).into_iter().map(|mut layer| {
        layer["id"] = format!("city-{}", layer["id"].as_str().unwrap_or_default()).into();
        layer["source"] = "city-areas".into();
        layer
    });
    if let Some(layers) = background["layers"].as_array_mut() {
        let names = layers.iter().position(|layer| layer["type"] == "symbol").unwrap_or(layers.len());
        layers.splice(names..names, borders);
    }
    background
}

fn sources(pack: &Pack, origin: &str) -> Map<String, Value> {
    let areas = json!({ "type": "geojson", "data": format!("{origin}{AREAS}"),
        "attribution": attribution(&pack.city.attributions) });
    let places = json!({ "type": "geojson", "data": format!("{origin}{PLACES}") });
    [("areas".to_owned(), areas), ("places".to_owned(), places)].into_iter().collect()
}

/// Whose data is shown, as markup: what the city wrote is text in it.
fn attribution(owners: &[Attribution]) -> String {
    let one = |owner: &Attribution| match &owner.url {
        Some(url) => maud::html! { a href=(url) target="_blank" rel="noopener" { (owner.text) } },
        None => maud::html! { (owner.text) },
    };
    owners.iter().map(|owner| one(owner).into_string()).collect::<Vec<_>>().join(" | ")
}
