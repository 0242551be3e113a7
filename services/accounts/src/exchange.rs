//! The caller that a secret speaks for while it is exchanged.

use kit::db::{Caller, Context};

/// A secret is being exchanged: the one caller for whom the tables of accounts open.
///
/// Without a subject nobody is known yet; with one, events name who did it.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// The member of staff under this service's pseudonym.
    pub subject: Option<String>,
    /// The department for which they act.
    pub department: Option<String>,
}

impl Caller for Exchange {
    fn context(&self) -> Context {
        Context {
            kind: "exchange",
            subject: self.subject.clone(),
            department: self.department.clone(),
            ..Context::default()
        }
    }
}
