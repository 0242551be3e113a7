//! Service requests that everyone may see and that lie somewhere.

use proto::status::Status;

use super::{Clusters, Collection, Key, Kind, Property, Shape, Tile};

/// A confidential request is no feature: it is in no page, no count, no tile and no extent.
pub const COLLECTION: Collection = Collection {
    id: "requests",
    table: "published.request",
    only: "visibility = 'public' AND location IS NOT NULL",
    key: Key::Uuid("service_request_id"),
    shape: Shape::Point { location: "location", location_3857: "location_3857" },
    time: Some("requested_datetime"),
    properties: &[
        Property::text("reference"),
        Property::text("service_code"),
        Property::text("service_group"),
        Property::one_of("status", statuses),
        Property::plain("status_notes", Kind::Text),
        Property::plain("agency_responsible", Kind::Text),
        Property::text("district"),
        Property::plain("nearest_address", Kind::Text),
        Property::plain("requested_datetime", Kind::Instant),
        Property::plain("updated_datetime", Kind::Instant),
        Property::plain("closed_at", Kind::Instant),
        Property::plain("description", Kind::Text),
    ],
    tile: Tile {
        clusters: Some(Clusters {
            last: 13,
            column: "grid_column",
            row: "grid_row",
            open: "closed_at IS NULL",
        }),
        properties: &["reference", "service_code", "service_group", "status"],
    },
};

fn statuses() -> Vec<&'static str> {
    Status::ALL.iter().map(|status| status.as_str()).collect()
}
