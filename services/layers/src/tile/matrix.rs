//! The tile matrix set WebMercatorQuad, as OGC 17-083r4 defines it.

use serde_json::{Value, json};

use super::address::LAST_MATRIX;

/// Its URI.
pub const URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
/// The system of its coordinates.
pub const CRS: &str = "http://www.opengis.net/def/crs/EPSG/0/3857";
/// Half the side of the square, in metres.
const HALF: f64 = 20_037_508.342_789_244;
/// Pixels on each side of a tile.
const TILE: u16 = 256;
/// A pixel on the reference screen, in metres.
const PIXEL: f64 = 0.000_28;

/// The whole set.
pub fn definition(title: &str, links: &[Value]) -> Value {
    let matrices: Vec<Value> = (0..=LAST_MATRIX).map(matrix).collect();
    json!({
        "id": "WebMercatorQuad",
        "title": title,
        "uri": URI,
        "crs": CRS,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices,
        "links": links,
    })
}

fn matrix(number: u8) -> Value {
    let tiles = 1_u32 << number;
    let cell = 2.0 * HALF / f64::from(TILE) / f64::from(tiles);
    json!({
        "id": number.to_string(),
        "scaleDenominator": cell / PIXEL,
        "cellSize": cell,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF, HALF],
        "tileWidth": TILE,
        "tileHeight": TILE,
        "matrixWidth": tiles,
        "matrixHeight": tiles,
    })
}
