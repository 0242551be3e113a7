//! The words of each mail, in both languages and both forms of address.

use std::path::{Path, PathBuf};

use kit::testing::City;
use serde_json::{Value, json};

use crate::tests::reports::{Filed, Reports, SECRET, publish, record};
use crate::tests::smtp::{Smtp, Taken};
use crate::tests::{catch_up, city, worker};

/// The mail about an event that happened to `filed`, to a reader of `language`.
async fn mail_in(city: &City, language: &str, filed: Filed, kind: &'static str, payload: Value) -> Taken {
    let (smtp, reports) = (Smtp::start().await, Reports::of(city).with("language", language));
    let id = publish(city, filed).await;
    record(city, id, kind, payload).await;
    catch_up(city, &worker(city, &reports, smtp.port)).await;
    let mut taken = smtp.taken();
    assert_eq!(taken.len(), 1);
    taken.remove(0)
}

async fn mail(language: &str, filed: Filed, kind: &'static str, payload: Value) -> Taken {
    mail_in(&city().await, language, filed, kind, payload).await
}

/// The text without the foot, whose link holds a code.
fn body(mail: &Taken) -> String {
    mail.text().split("\n-- \n").next().unwrap().to_owned()
}

/// The sentence on what happens next: the paragraph before the link.
fn next(mail: &Taken) -> String {
    let text = mail.text();
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let link = paragraphs.iter().position(|paragraph| paragraph.contains("/m/MUS-7K3M-Q2/")).unwrap();
    paragraphs[link - 1].to_owned()
}

/// Musterhausen, but formal.
fn formal() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    copy(&kit::testing::musterhausen(), folder.path());
    let file = folder.path().join("city.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let text = text.replace("form_of_address = \"du\"", "form_of_address = \"sie\"");
    std::fs::write(&file, text).unwrap();
    let path = folder.path().to_owned();
    (folder, path)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[tokio::test]
async fn the_first_mail_says_what_arrived_and_what_happens_next() {
    let mail = mail("de", Filed::default(), "request.received", json!({})).await;
    assert_eq!(mail.read().subject().unwrap(), "Deine Meldung MUS-7K3M-Q2: Eingegangen");
    assert_eq!(
        body(&mail),
        format!(
            "Übungsdaten: Alle Personen und Vorgänge sind erfunden.

Guten Tag,

danke für deine Meldung. Sie ist bei uns angekommen.

Meldung: MUS-7K3M-Q2
Art: Müll
Ort: Oberdorf, bei Musterweg, Koordinaten 50.95100, 10.55100
Gemeldet: 2. März 2026, 07:40 Uhr
Stand: Eingegangen

Wir kümmern uns meist innerhalb von 4 Arbeitstagen darum und schreiben dir, sobald sich etwas ändert.

Meldung ansehen:
http://musterhausen.localhost:8080/m/MUS-7K3M-Q2/{SECRET}
Wer den Link hat, sieht deine Meldung ganz. Gib ihn nur weiter, wenn du das möchtest.

Freundliche Grüße
Gemeinde Musterhausen
"
        )
    );
    assert_eq!(mail.header("Content-Language"), "de");
}

#[tokio::test]
async fn the_same_in_english() {
    let change = json!({ "to": "done", "status_note": "We took it away.\r\n\r\nThank you!\nThe depot" });
    let city = city().await;
    // From winter time into summer time.
    city.clock.advance(std::time::Duration::from_secs(140 * 86_400 + 12 * 3600 + 2100));
    let mail = mail_in(&city, "en-GB", Filed::default(), "request.status_changed", change).await;
    assert_eq!(mail.read().subject().unwrap(), "Your report MUS-7K3M-Q2: Done");
    assert_eq!(
        body(&mail),
        format!(
            "Practice data (Übungsdaten): all people and cases are invented.

Hello,

Your report is done.

Municipality of Musterhausen writes:
> We took it away.
>
> Thank you!
> The depot

Report: MUS-7K3M-Q2
Kind: Litter
Place: Oberdorf, near Musterweg, coordinates 50.95100, 10.55100
Reported: 20 July 2026, 21:15
Status: Done
Since: 20 July 2026, 21:15

Is it really done? On the page of your report you can tell us with one click.

View your report:
http://musterhausen.localhost:8080/m/MUS-7K3M-Q2/{SECRET}
Whoever has the link sees all of your report. Pass it on only if you want to.

Kind regards
Municipality of Musterhausen
"
        )
    );
    assert_eq!(mail.header("Content-Language"), "en");
}

#[tokio::test]
async fn a_formal_city_says_sie_and_each_step_says_what_happens_next() {
    let (_folder, pack) = formal();
    let city = City::of_pack(&pack, &[(crate::SERVICE, |app| crate::router(app).0)]).await;
    let note = "Es war niemand da.";
    for (kind, payload, subject, sentence) in [
        (
            "request.received",
            json!({}),
            "Eingegangen",
            "Wir prüfen Ihre Meldung und schreiben Ihnen, sobald sich etwas ändert.",
        ),
        (
            "request.status_changed",
            json!({ "to": "in_progress" }),
            "Beauftragt",
            "Wir schreiben Ihnen wieder, sobald die Arbeit erledigt ist.",
        ),
        (
            "request.status_changed",
            json!({ "to": "done" }),
            "Erledigt",
            "Ist es wirklich erledigt? Auf der Seite Ihrer Meldung sagen Sie es uns mit einem Klick.",
        ),
        (
            "request.status_changed",
            json!({ "to": "not_possible", "status_note": note }),
            "Nicht möglich",
            "Wenn Sie dazu Fragen haben, melden Sie sich bei uns: Bürgerbüro, 030 23125 001.",
        ),
        (
            "request.status_changed",
            json!({ "to": "handed_over", "agency_responsible": "Kreis Beispiel", "status_note": note }),
            "Zuständig ist Kreis Beispiel",
            "Um alles Weitere kümmert sich jetzt: Kreis Beispiel.",
        ),
        (
            "request.answered",
            json!({ "status": "in_review", "status_note": note }),
            "Neue Nachricht",
            "Wir schreiben Ihnen wieder, sobald sich etwas ändert.",
        ),
    ] {
        let noted = payload["status_note"].is_string();
        let filed = Filed { service_code: "dont_know", ..Filed::default() };
        let mail = mail_in(&city, "de", filed, kind, payload).await;
        assert_eq!(mail.read().subject().unwrap(), format!("Ihre Meldung MUS-7K3M-Q2: {subject}"));
        assert_eq!(next(&mail), sentence);
        assert_eq!(mail.text().contains("Gemeinde Musterhausen schreibt:\n> Es war niemand da."), noted);
        let text = mail.text().to_lowercase();
        for informal in [" du ", " dir ", " dein", "gib ", "{", "mail-"] {
            assert!(!text.contains(informal), "{informal}: {text}");
        }
    }
}

#[tokio::test]
async fn an_answer_after_the_end_says_whom_to_ask() {
    let answer = json!({ "status": "done", "status_note": "It was a big one." });
    let mail = mail("en", Filed::default(), "request.answered", answer).await;
    assert_eq!(
        next(&mail),
        "If you have questions about this, please contact us: Citizens' office, 030 23125 001."
    );
    assert!(mail.text().contains("Status: Done"));
}

#[tokio::test]
async fn an_unknown_language_gets_the_citys_first_one() {
    let mail = mail("fr", Filed::default(), "request.received", json!({})).await;
    assert_eq!(mail.header("Content-Language"), "de");
}

#[tokio::test]
async fn a_place_is_told_only_where_there_is_one_that_may_be_told() {
    let confidential = Filed { service_code: "house", visibility: "confidential", ..Filed::default() };
    let nowhere = Filed { place: None, ..Filed::default() };
    for filed in [confidential, nowhere] {
        let text = mail("de", filed, "request.received", json!({})).await.text();
        assert!(!text.contains("Ort:") && !text.contains("50.95"), "{text}");
    }
}

#[tokio::test]
async fn the_html_says_the_same_and_loads_nothing() {
    let note = "Wir waren da & haben <b>alles</b> mitgenommen.\nDer Betriebshof";
    let change = json!({ "to": "done", "status_note": note });
    let mail = mail("de", Filed::default(), "request.status_changed", change).await;
    let html = mail.html();

    assert!(html.starts_with("<!DOCTYPE html><html lang=\"de\">"), "{html}");
    for part in [
        "<p>deine Meldung ist erledigt.</p>",
        "<p>Wir waren da &amp; haben &lt;b&gt;alles&lt;/b&gt; mitgenommen.<br>Der Betriebshof</p>",
        "<dt>Ort</dt><dd>Oberdorf, bei Musterweg, Koordinaten 50.95100, 10.55100</dd>",
        "<dt>Stand</dt><dd>Erledigt</dd>",
        "name=\"color-scheme\" content=\"light dark\"",
        "<strong>Übungsdaten: Alle Personen und Vorgänge sind erfunden.</strong>",
        &format!("href=\"http://musterhausen.localhost:8080/m/MUS-7K3M-Q2/{SECRET}\">Meldung ansehen</a>"),
        "/m/unsubscribe/",
    ] {
        assert!(html.contains(part), "{part} not in {html}");
    }
    for absent in ["<img", "<table", "<script", "src=", "@import", "url(", "color:", "background"] {
        assert!(!html.replace("color-scheme:", "").contains(absent), "{absent} in {html}");
    }
    // Two links and nothing else that leads anywhere.
    assert_eq!(html.matches("href=").count(), 2);
}
