//! Somebody without any right fetches everything that can be reached, and finds no person and nothing confidential.

use std::collections::{BTreeSet, VecDeque};

use gladbeck_tests::World;
use serde_json::{Value, json};

/// Requests that are filed.
const FILED: usize = 60;
/// Most addresses that the crawl fetches; it fails when it does not get to the end before.
const MOST: usize = 5000;

/// What is known of the people and requests that must not be found.
#[derive(Default)]
struct Hidden {
    /// Words that may stand in no answer at all.
    words: BTreeSet<String>,
    /// Ids and references of public requests: places to begin at.
    public: Vec<(String, String)>,
    /// The same of confidential ones.
    confidential: Vec<(String, String)>,
}

/// Files requests whose every private word can be recognised.
async fn seed(world: &World) -> Hidden {
    let city = &world.city;
    let mut hidden = Hidden::default();
    for number in 0..FILED {
        let (id, device) = (city.ids.uuid().to_string(), city.ids.uuid().to_string());
        let service = ["litter", "house", "witnessed"][number % 3];
        let words = [
            format!("person{number}@geheim.example"),
            format!("Vorname{number}x Nachname{number}x"),
            format!("Zeugenallee {number}x, 99999 Musterhausen"),
            format!("Worte{number}x der meldenden Person"),
        ];
        let contact = match service {
            "witnessed" => {
                json!({ "name": words[1], "postal_address": words[2], "email": words[0], "purpose": "witness" })
            }
            _ => json!({ "email": words[0], "purpose": "answer" }),
        };
        let attributes = match service {
            "litter" => json!({ "size": "small" }),
            "witnessed" => json!({ "seen_from": "2026-03-01T12:00:00Z", "deed": ["dumped"] }),
            _ => json!({}),
        };
        let place = 10.50 + 0.001 * number as f64;
        let request = json!({
            "service_request_id": id, "service_code": service, "longitude": place, "latitude": 50.94,
            "description": words[3], "attributes": attributes, "contact": contact,
        });
        let resident = city.resident_as(&device, Default::default());
        let filed: Value = resident.post("/v1/requests", request).await.assert_status(201).json();
        let reference = filed["reference"].as_str().unwrap().to_owned();
        hidden.words.extend(words);
        hidden.words.extend([device, filed["secret"].as_str().unwrap().to_owned()]);
        if service == "litter" {
            hidden.public.push((id, reference));
        } else {
            hidden.words.extend([id.clone(), reference.clone()]);
            hidden.confidential.push((id, reference));
        }
    }
    hidden
}

/// Every address to begin at: the routes of the contract and of the layers, filled with what was filed.
fn beginnings(hidden: &Hidden) -> BTreeSet<String> {
    let contract: Value = serde_json::from_str(&gladbeck::contract::json().unwrap()).unwrap();
    let gets = contract["paths"].as_object().unwrap().iter();
    let gets = gets.filter(|(_, methods)| methods.get("get").is_some()).map(|(path, _)| path.clone());
    let pages = ["/", "/planner/", "/m/{reference}", "/map/style.json"].map(str::to_owned);
    let mut begin = BTreeSet::new();
    for path in gets.chain(layers::ogc::paths().map(str::to_owned)).chain(pages) {
        // A stream does not end; it has a test of its own.
        if path.ends_with("/changes") {
            continue;
        }
        for (id, reference) in hidden.public.iter().chain(&hidden.confidential) {
            begin.insert(
                path.replace("{service_request_id}", id)
                    .replace("{feature}", id)
                    .replace("{reference}", reference)
                    .replace("{photo_id}", id)
                    .replace("{service_code}", "house")
                    .replace("{collection}", "requests")
                    .replace("{z}/{x}/{y}", "11/1084/680")
                    .replace("{tile_matrix}/{tile_row}/{tile_col}", "11/684/1084"),
            );
        }
    }
    for about in ["Zeugenallee", "Worte", "geheim"] {
        begin.insert(format!("/v1/requests?q={about}"));
        begin.insert(format!("/v1/addresses?q={about}"));
    }
    begin.insert("/v1/statistics/requests?by=service".to_owned());
    begin
}

/// Addresses of this house that a text names.
fn links(text: &str, base: &str) -> Vec<String> {
    let ends = |sign: char| matches!(sign, '"' | '\'' | ' ' | '<' | '>' | '\\' | ')');
    let after = |mark: &'static str| text.match_indices(mark).map(move |(at, _)| &text[at + mark.len()..]);
    let attributes =
        after("href=\"").chain(after("src=\"")).chain(after("\"href\":\"")).chain(after("\"next\":\""));
    attributes
        .chain(text.split(base).skip(1).map(|rest| rest.trim_start_matches('/')))
        .filter_map(|rest| rest.split(ends).next())
        .map(|link| link.replace("&amp;", "&").trim_start_matches(base).to_owned())
        .filter(|link| !link.contains(['{', '#']) && !link.contains("://") && !link.starts_with("mailto:"))
        .map(|link| if link.starts_with('/') { link } else { format!("/{link}") })
        .collect()
}

/// What a crawl met.
struct Met {
    /// How many addresses were fetched.
    fetched: usize,
    /// Answers with words that may stand in none: address and word.
    found: Vec<(String, String)>,
    /// The public requests that were met.
    public: BTreeSet<String>,
}

/// Fetches everything that can be reached without any right.
async fn crawl(world: &World, hidden: &Hidden) -> Met {
    let base = world.city.pack.city.base_url.as_str().trim_end_matches('/').to_owned();
    let mut seen = beginnings(hidden);
    let mut waiting: VecDeque<String> = seen.iter().cloned().collect();
    let anyone = world.city.anyone();
    let mut met = Met { fetched: 0, found: Vec::new(), public: BTreeSet::new() };
    while let Some(path) = waiting.pop_front() {
        assert!(met.fetched < MOST, "the crawl does not end: {path}");
        met.fetched += 1;
        let answer = anyone.get(&path).await;
        assert!(answer.status < 500, "{path}: {}", answer.text());
        let bytes = [format!("{:?}", answer.headers).into_bytes(), answer.body.to_vec()].concat();
        let text = String::from_utf8_lossy(&bytes);
        // What was asked for may come back: an answer's link to itself tells nobody anything new.
        let words = hidden.words.iter().filter(|word| text.contains(*word) && !path.contains(*word));
        met.found.extend(words.map(|word| (path.clone(), word.clone())));
        let public = hidden.public.iter().filter(|(id, _)| text.contains(id));
        met.public.extend(public.map(|(id, _)| id.clone()));
        waiting.extend(links(&text, &base).into_iter().filter(|link| seen.insert(link.clone())));
    }
    met
}

#[tokio::test]
async fn an_anonymous_crawl_of_everything_finds_no_person_and_nothing_confidential() {
    let world = World::new().await;
    let hidden = seed(&world).await;
    let met = crawl(&world, &hidden).await;
    assert!(met.found.is_empty(), "{:#?}", met.found);
    assert_eq!(met.public.len(), hidden.public.len(), "a crawl that finds no public request proves nothing");
    println!(
        "{} addresses fetched: every one of {} public requests was found, none of {} confidential ones, \
         and none of {} private words",
        met.fetched,
        met.public.len(),
        hidden.confidential.len(),
        hidden.words.len()
    );
}

#[tokio::test]
async fn with_the_wall_taken_down_the_same_crawl_finds_what_was_behind_it() {
    let world = World::new().await;
    let hidden = seed(&world).await;
    sqlx::query(
        "UPDATE published.request SET visibility = 'public', description = 'Worte1x der meldenden Person'",
    )
    .execute(&mut world.city.superuser().await)
    .await
    .unwrap();
    let met = crawl(&world, &hidden).await;
    let found: BTreeSet<&String> = met.found.iter().map(|(_, word)| word).collect();
    assert!(found.contains(&"Worte1x der meldenden Person".to_owned()), "{found:?}");
    let (missed, all) =
        (hidden.confidential.iter().filter(|(id, _)| !found.contains(id)).count(), FILED / 3 * 2);
    assert_eq!(missed, 0, "of {all} confidential requests that are public now");
}
