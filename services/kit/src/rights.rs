//! What a member of staff may do: actions of their roles, within departments and granted groups.

use std::collections::BTreeSet;

use proto::auth::StaffClaims;

pub use crate::pack::Action;
use crate::pack::Pack;

/// Something that an action is done to.
pub trait Thing {
    /// The key of the department in charge.
    fn department(&self) -> &str;
    /// The key of the service's group.
    fn group(&self) -> &str;
    /// Whether nobody outside may learn of it.
    fn is_confidential(&self) -> bool;
}

/// What the bearer's roles grant; there is no role that may do everything.
#[derive(Clone, Debug)]
pub struct Rights {
    actions: BTreeSet<Action>,
    all_departments: bool,
    department: String,
    confidential: Vec<String>,
}

impl Rights {
    /// The rights of a member of staff; a role, department or group that the pack does not know grants nothing.
    ///
    /// The policies read `*` and commas with a meaning of their own, so only keys of the pack reach them.
    pub fn of(city: &Pack, staff: &StaffClaims) -> Self {
        let actions = city.rights.actions(&staff.roles);
        let granted = staff.confidential.iter().filter(|_| actions.contains(&Action::SeeConfidential));
        let confidential = granted.filter(|group| city.group(group).is_some()).cloned().collect();
        Self {
            all_departments: city.rights.reach_all_departments(&staff.roles),
            department: city.department(&staff.department).map(|known| known.key.clone()).unwrap_or_default(),
            actions,
            confidential,
        }
    }

    /// Whether `action` may be done to `thing`.
    pub fn allow(&self, action: Action, thing: &impl Thing) -> bool {
        let reaches = self.all_departments || self.department == thing.department();
        let cleared =
            !thing.is_confidential() || self.confidential.iter().any(|group| group == thing.group());
        self.actions.contains(&action) && reaches && cleared
    }

    /// The actions, for those who ask what they may do.
    pub fn actions(&self) -> impl Iterator<Item = Action> {
        self.actions.iter().copied()
    }

    /// Whether the roles grant `action` at all.
    pub fn grant(&self, action: Action) -> bool {
        self.actions.contains(&action)
    }

    /// Departments whose requests may be seen, as the row-level policies read them.
    pub fn departments(&self) -> String {
        match (self.actions.contains(&Action::SeeQueue), self.all_departments) {
            (false, _) => String::new(),
            (true, true) => "*".to_owned(),
            (true, false) => self.department.clone(),
        }
    }

    /// Confidential groups that may be seen, as the row-level policies read them.
    pub fn confidential(&self) -> String {
        self.confidential.join(",")
    }
}
