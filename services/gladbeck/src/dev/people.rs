//! Invented staff, and the page on which development starts a session as one of them.
//!
//! Only `gladbeck dev` mounts this; `gladbeck serve` has no way to start a session without real sign-in.

use accounts::staff::{self, NewStaff};
use anyhow::Result;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::header::SET_COOKIE;
use kit::App;
use kit::pack::{Action, Department, Pack, Role, Service};
use maud::{DOCTYPE, Markup, html};
use proto::StaffId;
use uuid::Uuid;

use crate::assemble::Apps;

/// Invented names; none belongs to a person of a real administration.
const NAMES: [&str; 10] = [
    "Kim Beispiel",
    "Robin Muster",
    "Sascha Übung",
    "Toni Probe",
    "Luca Modell",
    "Alex Versuch",
    "Mika Entwurf",
    "Noa Vorlage",
    "Jona Test",
    "Eike Skizze",
];

/// Makes sure that each department has someone.
pub async fn hire(app: &App) -> Result<()> {
    for member in invented(&app.city) {
        staff::upsert(app, member).await?;
    }
    Ok(())
}

/// One member of staff per department; who works on confidential requests has them granted by name.
pub(crate) fn invented(city: &Pack) -> Vec<NewStaff> {
    let member = |(place, department): (usize, &Department)| NewStaff {
        staff_id: StaffId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + place as u128)),
        name: NAMES[place % NAMES.len()].to_owned(),
        department: department.key.clone(),
        roles: roles(city, department),
        confidential: groups(city, department),
    };
    city.departments.iter().enumerate().map(member).collect()
}

/// The confidential services that a department works on.
fn confidential<'p>(city: &'p Pack, department: &Department) -> impl Iterator<Item = &'p Service> {
    let key = department.key.clone();
    city.services.iter().filter(move |service| service.department == key && service.is_confidential())
}

fn groups(city: &Pack, department: &Department) -> Vec<String> {
    let mut groups: Vec<String> =
        confidential(city, department).map(|service| service.group.clone()).collect();
    groups.sort();
    groups.dedup();
    groups
}

/// The usual role, and what the department's confidential services need beyond it: no more than that.
fn roles(city: &Pack, department: &Department) -> Vec<String> {
    let is_intake = department.key == city.intake;
    let may = |role: &&Role, action: Action| role.actions.contains(&action);
    let usual =
        city.rights.roles.iter().find(|role| role.all_departments == is_intake && may(role, Action::Release));
    let mut missing = Vec::new();
    if confidential(city, department).next().is_some() {
        missing.push(Action::SeeConfidential);
    }
    if confidential(city, department).any(|service| service.hand_over.is_some()) {
        missing.push(Action::HandOverFile);
    }
    missing.retain(|action| !usual.is_some_and(|role| role.actions.contains(action)));
    let hands_over = missing.contains(&Action::HandOverFile);
    let own = || city.rights.roles.iter().filter(|role| !role.all_departments);
    let further = missing.iter().filter_map(|action| {
        let fits = own().find(|role| may(role, *action) && may(role, Action::HandOverFile) == hands_over);
        fits.or_else(|| own().find(|role| may(role, *action)))
    });
    let mut roles: Vec<String> = usual.into_iter().chain(further).map(|role| role.key.clone()).collect();
    roles.dedup();
    roles
}

/// `/dev/staff`.
pub fn router(apps: &Apps) -> Router {
    Router::new()
        .route("/dev/staff", get(page))
        .route("/dev/staff/{staff_id}", post(sign_in))
        .with_state(apps.clone())
}

async fn page(State(apps): State<Apps>) -> kit::Result<Response> {
    let city = &apps.accounts.city;
    let people = staff::list(&apps.accounts).await?;
    let department =
        |key: &str| city.department(key).map_or(key.to_owned(), |d| d.name.in_language("de").to_owned());
    let body = html! {
        ul.people {
            @for person in &people {
                li {
                    form method="post" action={ "/dev/staff/" (person.staff_id) } {
                        button type="submit" { (person.name) " – " (department(&person.department)) }
                    }
                    p { (person.roles.join(", ")) }
                }
            }
        }
    };
    Ok(shell(city.name(), &body).into_response())
}

fn shell(city: &str, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="de" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Anmelden als – " (city) " (Übungsdaten)" }
                link rel="stylesheet" href=(gateway::PAGE_STYLE);
            }
            body {
                main {
                    h1 { "Anmelden als …" }
                    p { "Diese Personen sind erfunden (Übungsdaten). Die Seite gibt es nur in der Entwicklung." }
                    (body)
                }
            }
        }
    }
}

async fn sign_in(State(apps): State<Apps>, Path(staff_id): Path<Uuid>) -> kit::Result<Response> {
    let session = accounts::session::start(&apps.accounts, StaffId(staff_id)).await?;
    let cookie = gateway::session::open(&apps.gateway, &session.secret, session.ends_at).await?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/console/")).into_response())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn confidential_groups_are_granted_to_who_works_on_them_and_to_nobody_else() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/city/gladbeck");
        let city = Pack::open(&folder).unwrap_or_else(|faults| panic!("{faults}"));
        let granted: Vec<(String, Vec<String>, Vec<String>)> = invented(&city)
            .into_iter()
            .filter(|member| !member.confidential.is_empty() || member.roles.len() > 1)
            .map(|member| (member.department, member.roles, member.confidential))
            .collect();
        let row = |department: &str, roles: &[&str], groups: &[&str]| {
            let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
            (department.to_owned(), owned(roles), owned(groups))
        };
        let expected = [
            row("complaint_management", &["intake"], &["unknown"]),
            row("order_office", &["officer", "traffic_officer"], &["traffic"]),
            row("building_supervision", &["officer", "property_officer"], &["neglected_house"]),
        ];
        assert_eq!(granted, expected);
    }
}
