//! Who is asking, as the row-level policies and the events know it.

use uuid::Uuid;

/// Who is asking; set once per transaction.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// `anyone`, `resident`, `staff`, `reporter`, `service` or `system`.
    pub kind: &'static str,
    /// The caller under this service's own pseudonym.
    pub subject: Option<String>,
    /// Departments whose requests staff may see, separated by commas; `*` for all.
    pub departments: String,
    /// Groups of confidential services that staff may see, separated by commas.
    pub confidential: String,
    /// The request whose secret the caller holds.
    pub request: Option<Uuid>,
    /// The role under which staff act, for the event.
    pub role: Option<String>,
    /// The department for which staff act, for the event.
    pub department: Option<String>,
}

/// Someone who can begin a transaction.
pub trait Caller {
    /// How the database knows them.
    fn context(&self) -> Context;
}

/// The service itself, in its jobs.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Caller for System {
    fn context(&self) -> Context {
        Context { kind: "system", ..Context::default() }
    }
}
