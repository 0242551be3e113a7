//! Streets, water, green and buildings, when the city imported them.

use proto::basemap::TileSet;
use serde_json::{Value, json};

use super::colours::Colours;
use super::own::by_zoom;
use crate::reader::Reader;
use crate::state::Gateway;

/// Where layers describes its base map.
const PATH: &str = "/map/tiles/basemap";

/// The source of the base map; none when nothing was imported.
///
/// A map without streets is better than no map: when layers is away, they are left out.
pub(super) async fn source(gateway: &Gateway, reader: &Reader, origin: &str) -> Option<Value> {
    let tiles = gateway.upstreams.layers.get::<TileSet>(PATH, &reader.call()).await.ok()?;
    Some(json!({
        "type": "vector",
        "tiles": tiles.tiles.iter().map(|path| format!("{origin}{path}")).collect::<Vec<_>>(),
        "minzoom": tiles.minzoom,
        "maxzoom": tiles.maxzoom,
        "attribution": tiles.attribution,
    }))
}

/// Its layers, from the ground up.
pub(super) fn layers(colours: &Colours<'_>) -> Vec<Value> {
    let mut layers = vec![
        fill("land", json!(class(&[("works", colours.works), ("field", colours.field)], colours.built))),
        fill("green", json!(class(&[("wood", colours.wood), ("field", colours.field)], colours.park))),
    ];
    layers.extend(water(colours));
    layers.push(json!({ "id": "building", "type": "fill", "source": "basemap", "source-layer": "building",
        "minzoom": 14,
        "paint": { "fill-color": colours.building, "fill-outline-color": colours.wall,
            "fill-opacity": by_zoom(&[(14, 0.3), (15, 1.0)]) } }));
    layers.extend(streets(colours));
    layers
}

fn fill(layer: &str, colour: Value) -> Value {
    json!({ "id": layer, "type": "fill", "source": "basemap", "source-layer": layer,
        "paint": { "fill-color": colour, "fill-antialias": false } })
}

fn water(colours: &Colours<'_>) -> [Value; 2] {
    let polygon = json!(["==", ["geometry-type"], "Polygon"]);
    let line = json!(["==", ["geometry-type"], "LineString"]);
    [
        json!({ "id": "water", "type": "fill", "source": "basemap", "source-layer": "water", "filter": polygon,
            "paint": { "fill-color": colours.water } }),
        json!({ "id": "stream", "type": "line", "source": "basemap", "source-layer": "water", "filter": line,
            "layout": { "line-cap": "round", "line-join": "round" },
            "paint": { "line-color": colours.water, "line-width": width(&WATERS) } }),
    ]
}

/// A class, and its width in pixels at zoom 11, 14 and 18.
type Widths = [(&'static str, [f64; 3])];

const WATERS: [(&str, [f64; 3]); 2] = [("river", [1.5, 4.0, 22.0]), ("stream", [0.5, 1.4, 6.0])];
const STREETS: [(&str, [f64; 3]); 6] = [
    ("motorway", [2.6, 5.5, 26.0]),
    ("primary", [1.8, 4.6, 24.0]),
    ("secondary", [1.3, 4.0, 21.0]),
    ("tertiary", [0.9, 3.2, 18.0]),
    ("residential", [0.5, 1.9, 14.0]),
    ("service", [0.2, 0.8, 7.0]),
];

fn streets(colours: &Colours<'_>) -> [Value; 4] {
    let drivable: Vec<&str> = STREETS.iter().map(|(class, _)| *class).collect();
    let filter = json!(["in", ["get", "class"], ["literal", drivable]]);
    let order: Vec<_> = STREETS.iter().rev().map(|(class, _)| *class).collect();
    let order = json!(["index-of", ["get", "class"], ["literal", order]]);
    let street = json!({ "line-cap": "round", "line-join": "round", "line-sort-key": order });
    let fills = [("motorway", colours.motorway), ("primary", colours.road), ("secondary", colours.road)];
    let wider: Vec<_> =
        STREETS.iter().map(|(class, [a, b, c])| (*class, [a + 1.0, b + 1.4, c + 2.4])).collect();
    [
        json!({ "id": "path", "type": "line", "source": "basemap", "source-layer": "street", "minzoom": 14,
            "filter": ["==", ["get", "class"], "path"],
            "paint": { "line-color": colours.path, "line-width": by_zoom(&[(14, 0.7), (18, 2.2)]),
                "line-dasharray": [3, 2] } }),
        json!({ "id": "kerb", "type": "line", "source": "basemap", "source-layer": "street", "filter": filter,
            "layout": street, "paint": { "line-color": colours.kerb, "line-width": width(&wider) } }),
        json!({ "id": "street", "type": "line", "source": "basemap", "source-layer": "street", "filter": filter,
            "layout": street,
            "paint": { "line-color": class(&fills, colours.street), "line-width": width(&STREETS) } }),
        json!({ "id": "rail", "type": "line", "source": "basemap", "source-layer": "street",
            "filter": ["==", ["get", "class"], "rail"],
            "paint": { "line-color": colours.rail, "line-width": by_zoom(&[(10, 0.7), (16, 2.2)]) } }),
    ]
}

/// A value by the feature's class.
fn class(values: &[(&str, &str)], otherwise: &str) -> Value {
    let mut expression = vec![json!("match"), json!(["get", "class"])];
    for (class, value) in values {
        expression.extend([json!(class), json!(value)]);
    }
    expression.push(json!(otherwise));
    Value::Array(expression)
}

/// A width that grows with the zoom level, for each class its own.
fn width(widths: &Widths) -> Value {
    let at = |step: usize| {
        let mut expression = vec![json!("match"), json!(["get", "class"])];
        for (class, steps) in widths {
            expression.extend([json!(class), json!(steps[step])]);
        }
        expression.push(json!(0.5));
        expression
    };
    json!(["interpolate", ["exponential", 1.5], ["zoom"], 11, at(0), 14, at(1), 18, at(2)])
}
