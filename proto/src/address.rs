//! Addresses: places in words.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an answer to a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressKind {
    /// A house.
    Address,
    /// A street; its position is a house in its middle.
    Street,
    /// A stop or a square.
    Place,
}

/// A house, a street or a place, and where it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Address {
    /// What it is.
    pub kind: AddressKind,
    /// As people write it: "Horster Straße 12a".
    pub label: String,
    /// The street, unless it is a place.
    pub street: Option<String>,
    /// The number with what follows it: "12a".
    pub house_number: Option<String>,
    /// The postal code, where it is known.
    pub postal_code: Option<String>,
    /// The key of the district.
    pub district: Option<String>,
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
}

/// What a search found, the best first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Addresses {
    /// The answers.
    pub addresses: Vec<Address>,
}

/// An address close to a position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CloseAddress {
    /// The address.
    #[serde(flatten)]
    pub address: Address,
    /// Metres to it.
    pub distance: f64,
}

/// What a position is called.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct NearestAddress {
    /// A house within 150 m, else a place within 400 m; nothing outside the city.
    pub address: Option<CloseAddress>,
}
