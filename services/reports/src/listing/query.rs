//! The query of the public list.

use kit::Result;
use proto::geo::BBox;
use proto::status::Status;
use serde::Deserialize;
use utoipa::IntoParams;

use super::store::Filter;
use crate::page;

/// Which public requests are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// A box in degrees: west, south, east, north.
    pub bbox: Option<String>,
    /// One status or several, with commas.
    pub status: Option<String>,
    /// One service or several, with commas.
    pub service_code: Option<String>,
    /// Rows of a page, 1 to 500; 50 when not given.
    pub limit: Option<String>,
    /// Where the page before ended, from its `Link`.
    pub cursor: Option<String>,
}

impl ListQuery {
    /// What the store is asked for.
    pub fn filter(&self) -> Result<Filter> {
        let statuses = page::list::<Status>("status", self.status.as_deref())?;
        Ok(Filter {
            bbox: page::parameter::<BBox>("bbox", self.bbox.as_deref())?,
            statuses: statuses.map(|statuses| statuses.iter().map(|status| status.as_str()).collect()),
            service_codes: page::list("service_code", self.service_code.as_deref())?,
        })
    }

    /// The parameters as they came, for the link to the next page.
    pub fn parameters(&self) -> [(&'static str, Option<&str>); 4] {
        [
            ("bbox", self.bbox.as_deref()),
            ("status", self.status.as_deref()),
            ("service_code", self.service_code.as_deref()),
            ("limit", self.limit.as_deref()),
        ]
    }
}
