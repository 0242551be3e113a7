//! Who worked on the requests: the invented staff of development.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use kit::App;
use kit::db::Context;
use reports::bulk::Clerk;

use crate::dev::people;

/// One clerk per department.
pub struct Clerks {
    by_department: BTreeMap<String, Clerk>,
    intake: String,
}

impl Clerks {
    /// The invented staff, as this service knows them.
    pub fn new(app: &App) -> Self {
        let mut by_department = BTreeMap::new();
        for member in people::invented(&app.city) {
            let context = Context {
                kind: "staff",
                subject: Some(app.keys.pseudonym(&member.staff_id.to_string())),
                role: member.roles.first().cloned(),
                department: Some(member.department.clone()),
                ..Context::default()
            };
            by_department.entry(member.department).or_insert(Clerk { context, name: member.name });
        }
        Self { by_department, intake: app.city.intake.clone() }
    }

    /// The clerk of a department.
    pub fn of(&self, department: &str) -> Result<&Clerk> {
        self.by_department.get(department).with_context(|| format!("nobody works at {department}"))
    }

    /// The clerk who looks at what may be shown.
    pub fn intake(&self) -> Result<&Clerk> {
        self.of(&self.intake)
    }
}
