//! The page itself.

use maud::{DOCTYPE, Markup, html};
use proto::StaffId;

/// An invented member of staff at whose desk one can sit down.
pub struct Clerk {
    /// Who.
    pub staff_id: StaffId,
    /// The invented name.
    pub name: String,
    /// The department, in words.
    pub department: String,
}

/// What there is to show, in order: where one looks, and what happens.
const STORY: [(&str, &str); 7] = [
    ("Telefon", "Foto, Ort, senden: drei Fingertipps."),
    ("Amt", "Die Meldung steht sofort in der Liste. Beim Öffnen liest man, warum sie hier liegt."),
    ("Amt", "Übernehmen, Text und Foto freigeben: erst jetzt sehen es alle."),
    ("Amt", "Mit einem Textbaustein antworten. Wer es wollte, bekommt Post."),
    ("Amt", "Auf „Erledigt“ setzen, mit einem Foto von nachher."),
    ("Telefon", "Vorher und nachher nebeneinander, und zwei Knöpfe: Ist es wirklich erledigt?"),
    ("Planung", "Wo häuft sich was? Nach Ortsteil, mit einem Klick."),
];

/// The whole page.
pub fn page(city: &str, clerks: &[Clerk]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="de" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Montag, 7:40 Uhr – " (city) " (Übungsdaten)" }
                link rel="stylesheet" href="/demo.css";
                script type="module" src="/demo.js" {}
            }
            body {
                (head(city))
                main {
                    (story())
                    section.phone aria-label="Das Telefon" {
                        div.bezel {
                            span.ear aria-hidden="true" {}
                            iframe name="phone" title="Die Melde-App auf dem Telefon" src="/" allow="geolocation; camera" {}
                        }
                    }
                    (desk(clerks))
                    section.window.mail aria-labelledby="mail" {
                        header { h2 #mail { "Postfach" } p { "Jede E-Mail des Systems" } }
                        iframe name="mail" title="Das Postfach" src="/dev/mail" {}
                    }
                }
            }
        }
    }
}

fn head(city: &str) -> Markup {
    html! {
        header.head {
            div {
                p.over { (city) " · Melde-App" }
                h1 { "Montag, 7:40 Uhr" }
            }
            p.badge role="note" { strong { "Übungsdaten" } " Alle Personen und Vorgänge sind erfunden." }
            nav aria-label="Weiteres" {
                a href="/" target="_blank" { "App" }
                a href="/console/" target="_blank" { "Amt" }
                a href="/planner/" target="_blank" { "Planung" }
                a href="/docs" target="_blank" { "Schnittstelle" }
            }
        }
    }
}

fn story() -> Markup {
    html! {
        section.story aria-labelledby="story" {
            h2 #story { "Die Geschichte" }
            ol {
                @for (where_to_look, what) in STORY {
                    li {
                        label {
                            input type="checkbox";
                            span { strong { (where_to_look) } " " (what) }
                        }
                    }
                }
            }
            a.planner href="/planner/" target="_blank" { "Zur Planung" }
        }
    }
}

fn desk(clerks: &[Clerk]) -> Markup {
    html! {
        section.window.desk aria-labelledby="desk" {
            header {
                h2 #desk { "Im Amt" }
                div.clerks {
                    @for clerk in clerks {
                        form method="post" action={ "/dev/staff/" (clerk.staff_id) } target="desk" data-name=(clerk.name) {
                            button type="submit" { (clerk.department) }
                        }
                    }
                }
            }
            iframe name="desk" title="Der Arbeitsplatz im Amt" src="/console/" {}
        }
    }
}
