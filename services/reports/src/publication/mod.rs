//! What the public sees of a request, in the steps that the city pack sets.

pub mod steps;
pub mod store;

use kit::Result;
use kit::db::Tx;
use kit::pack::Pack;

use self::steps::Steps;
use crate::request::Request;

/// Writes what may be seen of `request` without a person's data, in the transaction of its change.
pub async fn publish(city: &Pack, tx: &mut Tx, request: &Request) -> Result<()> {
    store::publish(tx, request, Steps::of(city, request)).await?;
    Ok(())
}

#[cfg(test)]
mod tests;
