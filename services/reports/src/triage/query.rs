//! The query of the queue.

use kit::Result;
use kit::extract::Staff;
use proto::geo::BBox;
use proto::reports::is_search_text;
use proto::status::Status;
use serde::Deserialize;
use utoipa::IntoParams;

use super::store::Filter;
use crate::page;

/// Which requests of the queue are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// One status or several, with commas.
    pub status: Option<String>,
    /// One service or several, with commas.
    pub service_code: Option<String>,
    /// The department in charge.
    pub department: Option<String>,
    /// A box in degrees: west, south, east, north.
    pub bbox: Option<String>,
    /// Words of reference, address or description.
    pub q: Option<String>,
    /// `true` for what the caller has taken.
    pub mine: Option<String>,
    /// `unsolved` for what is done but not for the resident, `solved` for what they agreed to.
    pub feedback: Option<String>,
    /// Rows of a page, 1 to 500; 50 when not given.
    pub limit: Option<String>,
    /// Where the page before ended, from its `Link`.
    pub cursor: Option<String>,
}

impl QueueQuery {
    /// What the store is asked for.
    pub fn filter(&self, staff: &Staff) -> Result<Filter> {
        let statuses = page::list::<Status>("status", self.status.as_deref())?;
        let mine = page::parameter::<bool>("mine", self.mine.as_deref())?.unwrap_or_default();
        let words = page::given(self.q.as_deref());
        if !words.is_none_or(is_search_text) {
            return Err(page::invalid("q"));
        }
        Ok(Filter {
            bbox: page::parameter::<BBox>("bbox", self.bbox.as_deref())?,
            statuses: statuses.map(|statuses| statuses.iter().map(|status| status.as_str()).collect()),
            service_codes: page::list("service_code", self.service_code.as_deref())?,
            department: page::given(self.department.as_deref()).map(str::to_owned),
            claimed_by: mine.then(|| staff.subject.clone()),
            feedback_solved: match page::given(self.feedback.as_deref()) {
                None => None,
                Some("solved") => Some(true),
                Some("unsolved") => Some(false),
                Some(_) => return Err(page::invalid("feedback")),
            },
            words: words.map(str::to_owned),
        })
    }

    /// The parameters as they came, for the link to the next page.
    pub fn parameters(&self) -> [(&'static str, Option<&str>); 8] {
        [
            ("status", self.status.as_deref()),
            ("service_code", self.service_code.as_deref()),
            ("department", self.department.as_deref()),
            ("bbox", self.bbox.as_deref()),
            ("q", self.q.as_deref()),
            ("mine", self.mine.as_deref()),
            ("feedback", self.feedback.as_deref()),
            ("limit", self.limit.as_deref()),
        ]
    }
}
