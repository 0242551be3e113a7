//! What a resident reads when a photo is refused, or its store is away.

use kit::Error;
use kit::media::{PhotoFault, StoreFault};
use proto::Problem;

/// A photo that is refused; nothing of it is kept.
pub fn refused(fault: PhotoFault) -> Error {
    let status = match fault {
        PhotoFault::TooLarge | PhotoFault::TooManyPixels => 413,
        PhotoFault::TypeUnknown | PhotoFault::TypeLies => 415,
        PhotoFault::Empty | PhotoFault::Broken | PhotoFault::Animated => 422,
    };
    Problem::new(status, fault.code()).into()
}

/// A body that was not read to its end: the longest body is the largest photo.
pub fn unread(error: Error) -> Error {
    if error.problem().code == "body-too-large" { refused(PhotoFault::TooLarge) } else { error }
}

/// The store did not do what it was asked.
pub fn away(fault: StoreFault) -> Error {
    Error::caused(Problem::new(503, "service-away"), fault)
}
