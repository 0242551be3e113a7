//! Who may do what: roles are data of the city, actions are what the product can do.

use std::collections::BTreeSet;

use super::keys::Keys;
use super::localised::Localised;
use super::sheet::Sheet;
use super::table::{self, Table};

/// Something that staff do with service requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Read the queue and the requests in it.
    SeeQueue,
    /// Take a request, and give it back.
    Claim,
    /// Move a request to another status, and answer.
    ChangeStatus,
    /// Write an internal note.
    WriteNote,
    /// Show a description or a photo to the public, and hide it again.
    Release,
    /// Work on confidential requests of the groups that were granted by name.
    SeeConfidential,
    /// Take a request out of the house as one file, with who reported it.
    HandOverFile,
    /// See who reported a request, for one of the city's reasons.
    RevealContact,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 8] = [
        Self::SeeQueue,
        Self::Claim,
        Self::ChangeStatus,
        Self::WriteNote,
        Self::Release,
        Self::SeeConfidential,
        Self::HandOverFile,
        Self::RevealContact,
    ];

    /// The word in rights.toml and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SeeQueue => "see_queue",
            Self::Claim => "claim",
            Self::ChangeStatus => "change_status",
            Self::WriteNote => "write_note",
            Self::Release => "release",
            Self::SeeConfidential => "see_confidential",
            Self::HandOverFile => "hand_over_file",
            Self::RevealContact => "reveal_contact",
        }
    }
}

/// A set of actions, given to members of staff.
#[derive(Clone, Debug)]
pub struct Role {
    /// The key that staff carry.
    pub key: String,
    /// The name that staff read.
    pub name: Localised,
    /// What the role may do.
    pub actions: BTreeSet<Action>,
    /// Whether it reaches every department's requests, or only those of the bearer's own.
    pub all_departments: bool,
}

/// The roles of a city.
#[derive(Clone, Debug)]
pub struct Rights {
    /// In the order of rights.toml.
    pub roles: Vec<Role>,
    /// For what somebody may see who reported a request, in the order of rights.toml.
    pub reveal_reasons: Vec<Reason>,
}

/// A reason that the city accepts.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The key that events carry.
    pub key: String,
    /// What staff read.
    pub name: Localised,
}

impl Rights {
    /// The role with this key.
    pub fn role(&self, key: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.key == key)
    }

    /// What the bearer of these roles may do; a role that the pack does not know gives nothing.
    pub fn actions<K: AsRef<str>>(&self, roles: &[K]) -> BTreeSet<Action> {
        self.held(roles).flat_map(|role| role.actions.iter().copied()).collect()
    }

    /// Whether the bearer of these roles may do `action`.
    pub fn may<K: AsRef<str>>(&self, roles: &[K], action: Action) -> bool {
        self.held(roles).any(|role| role.actions.contains(&action))
    }

    /// Whether the bearer of these roles reaches every department's requests.
    pub fn reach_all_departments<K: AsRef<str>>(&self, roles: &[K]) -> bool {
        self.held(roles).any(|role| role.all_departments)
    }

    fn held<K: AsRef<str>>(&self, roles: &[K]) -> impl Iterator<Item = &Role> {
        roles.iter().filter_map(|key| self.role(key.as_ref()))
    }
}

pub(super) fn read(sheet: &Sheet<'_>, languages: &[String]) -> Option<Rights> {
    let document = table::parse(sheet)?;
    let root = Table::root(sheet, &document);
    let mut keys = Keys::new("role", "rights.toml");
    let tables = root.tables("role");
    let roles: Vec<Role> = tables.iter().filter_map(|table| role(table, &mut keys, languages)).collect();
    let mut reason_keys = Keys::new("reveal_reason", "rights.toml");
    let reasons = root.tables("reveal_reason");
    let reveal_reasons: Vec<Reason> =
        reasons.iter().filter_map(|table| reason(table, &mut reason_keys, languages)).collect();
    root.finish();
    if roles.iter().any(|role| role.actions.contains(&Action::RevealContact)) && reveal_reasons.is_empty() {
        sheet.fault_on(1, "a role may reveal_contact, but there is no [[reveal_reason]]; nobody could");
    }
    if tables.is_empty() {
        sheet.fault_on(1, "there is no [[role]]; nobody could work");
    }
    Some(Rights { roles, reveal_reasons })
}

fn reason(table: &Table<'_>, keys: &mut Keys, languages: &[String]) -> Option<Reason> {
    let key = keys.define(table, "key");
    let name = Localised::read(table, "name", languages);
    table.finish();
    Some(Reason { key: key?, name: name? })
}

fn role(table: &Table<'_>, keys: &mut Keys, languages: &[String]) -> Option<Role> {
    let key = keys.define(table, "key");
    let name = Localised::read(table, "name", languages);
    let all_departments = table.choice("departments", &[("own", false), ("all", true)]);
    let words = Action::ALL.map(|action| (action.as_str(), action));
    let actions = table.texts("actions").map(|actions| {
        actions.iter().filter_map(|action| table.as_choice(action, "actions", &words)).collect()
    });
    table.finish();
    Some(Role { key: key?, name: name?, actions: actions?, all_departments: all_departments? })
}
