//! The layers of the city itself: neighbours, districts, border, places and their names.

use serde_json::{Value, json};

use super::colours::Colours;

/// The reader's own fonts: a style without `glyphs` has its names drawn from them.
const FONT: [&str; 2] = ["system-ui", "sans-serif"];

/// What lies under everything else.
pub(super) fn ground(colours: &Colours<'_>) -> Vec<Value> {
    vec![
        json!({ "id": "ground", "type": "background", "paint": { "background-color": colours.ground } }),
        json!({ "id": "neighbours", "type": "fill", "source": "areas", "filter": is("neighbour"),
            "paint": { "fill-color": colours.neighbour } }),
        json!({ "id": "city", "type": "fill", "source": "areas", "filter": is("boundary"),
            "paint": { "fill-color": colours.city } }),
    ]
}

/// The borders; a veil over everything that is not the city keeps the eye on it.
pub(super) fn borders(colours: &Colours<'_>, veil: f64) -> Vec<Value> {
    vec![
        json!({ "id": "outside", "type": "fill", "source": "areas", "filter": is("outside"),
            "paint": { "fill-color": colours.ground, "fill-opacity": veil, "fill-antialias": false } }),
        json!({ "id": "neighbour-borders", "type": "line", "source": "areas", "filter": is("neighbour"),
            "paint": { "line-color": colours.border, "line-width": 0.8, "line-opacity": 0.6 } }),
        json!({ "id": "district-borders", "type": "line", "source": "areas", "filter": is("district"),
            "layout": { "line-join": "round" },
            "paint": { "line-color": colours.border, "line-width": by_zoom(&[(10, 0.6), (14, 1.2)]),
                "line-dasharray": [4, 3] } }),
        json!({ "id": "boundary-glow", "type": "line", "source": "areas", "filter": is("boundary"),
            "layout": { "line-join": "round" },
            "paint": { "line-color": colours.accent, "line-opacity": 0.14,
                "line-width": by_zoom(&[(10, 5.0), (15, 12.0)]) } }),
        json!({ "id": "boundary", "type": "line", "source": "areas", "filter": is("boundary"),
            "layout": { "line-join": "round" },
            "paint": { "line-color": colours.accent, "line-opacity": 0.75,
                "line-width": by_zoom(&[(10, 1.4), (15, 2.4)]) } }),
    ]
}

/// Places and all names, the most important last: what comes last finds its room first.
pub(super) fn names(colours: &Colours<'_>) -> Vec<Value> {
    vec![dots(colours), places(colours), neighbours(colours), districts(colours)]
}

fn dots(colours: &Colours<'_>) -> Value {
    json!({ "id": "places", "type": "circle", "source": "places", "minzoom": 12,
        "paint": { "circle-color": colours.soft_name, "circle-stroke-color": colours.halo,
            "circle-stroke-width": 1, "circle-opacity": 0.85,
            "circle-radius": by_zoom(&[(12, 1.4), (16, 3.2)]) } })
}

fn places(colours: &Colours<'_>) -> Value {
    json!({ "id": "place-names", "type": "symbol", "source": "places", "minzoom": 12.6,
        "layout": { "text-field": ["get", "name"], "text-font": FONT, "text-max-width": 8,
            "text-size": by_zoom(&[(12, 10.5), (16, 13.0)]), "text-padding": 6,
            "text-variable-anchor": ["top", "bottom", "left", "right"], "text-radial-offset": 0.5,
            "text-justify": "auto" },
        "paint": { "text-color": colours.soft_name, "text-halo-color": colours.halo, "text-halo-width": 1.4 } })
}

fn neighbours(colours: &Colours<'_>) -> Value {
    json!({ "id": "neighbour-names", "type": "symbol", "source": "areas", "filter": is("neighbour_name"),
        "layout": { "text-field": ["get", "name"], "text-font": FONT, "text-letter-spacing": 0.08,
            "text-size": by_zoom(&[(9, 10.5), (14, 14.0)]), "text-padding": 8, "text-max-width": 7 },
        "paint": { "text-color": colours.soft_name, "text-opacity": 0.85,
            "text-halo-color": colours.ground, "text-halo-width": 1.2 } })
}

fn districts(colours: &Colours<'_>) -> Value {
    let fading = json!(["interpolate", ["linear"], ["zoom"], 14.4, 1, 15.2, 0]);
    json!({ "id": "district-names", "type": "symbol", "source": "areas", "filter": is("district_name"),
        "minzoom": 10.4, "maxzoom": 15.2,
        "layout": { "text-field": ["get", "name"], "text-font": FONT, "text-max-width": 7,
            "text-size": by_zoom(&[(10, 10.5), (13, 14.0), (15, 17.0)]), "text-padding": 5 },
        "paint": { "text-color": colours.name, "text-opacity": fading,
            "text-halo-color": colours.halo, "text-halo-width": 1.6 } })
}

/// The names of streets, along them.
pub(super) fn street_names(colours: &Colours<'_>) -> Vec<Value> {
    let layer = |id: &str, from: f64, classes: &[&str]| {
        json!({ "id": id, "type": "symbol", "source": "basemap", "source-layer": "street", "minzoom": from,
            "filter": ["all", ["has", "name"], ["in", ["get", "class"], ["literal", classes]]],
            "layout": { "text-field": ["get", "name"], "text-font": FONT, "symbol-placement": "line",
                "text-size": by_zoom(&[(13, 10.0), (17, 13.0)]), "text-padding": 8, "symbol-spacing": 280,
                "text-max-angle": 35 },
            "paint": { "text-color": colours.soft_name, "text-halo-color": colours.halo,
                "text-halo-width": 1.4 } })
    };
    vec![
        layer("street-names", 15.0, &["residential", "service", "path"]),
        layer("road-names", 13.4, &["motorway", "primary", "secondary", "tertiary"]),
    ]
}

fn is(kind: &str) -> Value {
    json!(["==", ["get", "kind"], kind])
}

/// A size that grows from zoom level to zoom level.
pub(super) fn by_zoom(steps: &[(u8, f64)]) -> Value {
    let mut expression = vec![json!("interpolate"), json!(["linear"]), json!(["zoom"])];
    for (zoom, size) in steps {
        expression.extend([json!(zoom), json!(size)]);
    }
    Value::Array(expression)
}
