//! Where a request is: a position in the city, an address in words, or both.

use kit::pack::{Location, Pack};
use proto::Problem;
use proto::geo::Position;
use proto::problem::FieldError;
use proto::reports::NewRequest;

/// Decimals of a degree that are kept; the seventh is a centimetre.
const DECIMALS: f64 = 1e7;

/// The position of `new`, if it has one; a request without needs an address.
pub fn check(new: &NewRequest, city: &Pack) -> Result<Option<Position>, Box<Problem>> {
    match (new.longitude, new.latitude) {
        (Some(longitude), Some(latitude)) => position(longitude, latitude, city).map(Some),
        (Some(_), None) => Err(Problem::field("/latitude", "place-half").into()),
        (None, Some(_)) => Err(Problem::field("/longitude", "place-half").into()),
        (None, None) if has_words(new) => Ok(None),
        (None, None) => Err(Problem::field("/longitude", "place-missing").into()),
    }
}

fn has_words(new: &NewRequest) -> bool {
    new.address_string.as_deref().is_some_and(|address| !address.trim().is_empty())
}

fn position(longitude: f64, latitude: f64, city: &Pack) -> Result<Position, Box<Problem>> {
    let fits = |value: f64, most: f64| value.is_finite() && value.abs() <= most;
    let faults: Vec<FieldError> = [("/longitude", longitude, 180.0), ("/latitude", latitude, 90.0)]
        .into_iter()
        .filter(|(_, value, most)| !fits(*value, *most))
        .map(|(pointer, ..)| FieldError::new(pointer, "out-of-range"))
        .collect();
    if !faults.is_empty() {
        return Err(Problem::fields(faults).into());
    }
    match city.boundary.locate(longitude, latitude) {
        Location::Inside => Ok(Position { longitude: rounded(longitude), latitude: rounded(latitude) }),
        Location::Neighbour(name) => {
            let fault = FieldError::new("/longitude", "outside-neighbour").with("neighbour", name);
            Err(Problem::fields(vec![fault]).with("neighbour", name).into())
        }
        Location::Outside { swapped } => {
            let code = if swapped { "outside-swapped" } else { "outside-area" };
            let fault = FieldError::new("/longitude", code).with("city", city.name());
            Err(Problem::fields(vec![fault]).with("swapped", swapped).into())
        }
    }
}

fn rounded(degrees: f64) -> f64 {
    (degrees * DECIMALS).round() / DECIMALS
}
