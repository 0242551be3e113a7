//! Who tries.

use gladbeck_tests::World;
use kit::testing::{City, Guest};
use proto::auth::StaffClaims;

/// A caller with the name of their role.
pub struct Caller {
    /// As it stands in the table's head.
    pub name: &'static str,
    /// Sends the requests.
    pub guest: Guest,
}

/// One caller per column of the table.
pub struct Callers(Vec<(&'static str, Guest)>);

impl Callers {
    /// Signs everyone in.
    pub async fn new(world: &World) -> Self {
        let city = &world.city;
        Self(vec![
            ("anyone", city.anyone()),
            ("resident", city.resident()),
            ("officer of the yard", world.clerk("yard", &["officer"], &[]).await),
            ("officer of the office", world.clerk("office", &["officer"], &[]).await),
            (
                "officer of the office, cleared for houses",
                world.clerk("office", &["officer", "handler"], &["house"]).await,
            ),
            ("intake", world.clerk("office", &["intake"], &[]).await),
            ("unknown role", city.staff_as(unknown_role(city))),
            ("service notify", city.service("notify")),
        ])
    }

    /// In the order of the table's columns.
    pub fn all(&self) -> Vec<Caller> {
        self.0.iter().map(|(name, guest)| Caller { name, guest: guest.clone() }).collect()
    }
}

/// Somebody whose role the city pack no longer knows.
fn unknown_role(city: &City) -> StaffClaims {
    StaffClaims {
        name: "Kim Muster".to_owned(),
        department: "office".to_owned(),
        roles: vec!["mayor".to_owned()],
        confidential: vec!["house".to_owned()],
        sid: city.ids.uuid(),
    }
}
