//! The parameters of the search.

use serde::Deserialize;
use utoipa::IntoParams;

/// What somebody looks for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words of everyday language, at most 200 characters; without any nothing is found.
    #[serde(default)]
    pub q: String,
}
