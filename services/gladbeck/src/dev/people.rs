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
use kit::pack::{Action, Pack};
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
fn invented(city: &Pack) -> Vec<NewStaff> {
    let has = |action: Action, all: bool| {
        city.rights.roles.iter().find(|role| role.actions.contains(&action) && role.all_departments == all)
    };
    let (intake, officer) = (has(Action::Release, true), has(Action::Release, false));
    let confidential = has(Action::SeeConfidential, false);
    let groups = |department: &str| -> Vec<String> {
        let own =
            |service: &&kit::pack::Service| service.department == department && service.is_confidential();
        let mut groups: Vec<String> =
            city.services.iter().filter(own).map(|service| service.group.clone()).collect();
        groups.dedup();
        groups
    };
    let member = |(place, department): (usize, &kit::pack::Department)| {
        let groups = groups(&department.key);
        let role = if department.key == city.intake { intake } else { officer };
        let cleared = confidential.filter(|_| !groups.is_empty());
        let mut roles: Vec<String> = role.into_iter().chain(cleared).map(|role| role.key.clone()).collect();
        roles.dedup();
        NewStaff {
            staff_id: StaffId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + place as u128)),
            name: NAMES[place % NAMES.len()].to_owned(),
            department: department.key.clone(),
            roles,
            confidential: groups,
        }
    };
    city.departments.iter().enumerate().map(member).collect()
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
