//! The access table: every route × every role × real objects.
//!
//! A route of the contract, or of the layers for maps beside it, without a row fails; a row without a route or
//! without a caller who succeeds fails.

mod callers;
mod objects;
mod table;

use std::collections::BTreeSet;

use callers::Callers;
use gladbeck_tests::World;
use objects::Objects;
use table::{On, TABLE};

#[tokio::test]
async fn every_caller_gets_what_the_table_says() {
    let world = World::new().await;
    let callers = Callers::new(&world).await;
    let (mut checked, mut faults) = (0, Vec::new());
    for row in TABLE {
        let mut succeeded = false;
        for (caller, expected) in callers.all().into_iter().zip(row.expected) {
            // Fresh objects for each try: what one caller may change must not change the next one's answer.
            let objects = Objects::of(&world, row).await;
            let answer = objects.send(&caller.guest, row).await;
            if answer.status != expected {
                let tried = format!("{} {} on {:?} as {}", row.method, row.path, row.on, caller.name);
                faults.push(format!("{tried}: {} instead of {expected}: {}", answer.status, answer.text()));
            }
            succeeded |= answer.status < 400;
            checked += 1;
        }
        if !succeeded && !row.hidden {
            faults.push(format!("nobody succeeds with {} {} on {:?}", row.method, row.path, row.on));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    println!("{checked} combinations of route, object and caller are as the table says");
}

#[test]
fn every_route_of_the_contract_has_a_row() {
    let mut routes: BTreeSet<(String, String)> = BTreeSet::new();
    // The services' own parts, which also name the routes that the gateway forwards for nobody.
    for part in gladbeck::contract::parts() {
        let part = serde_json::to_value(part).unwrap();
        for (path, methods) in part["paths"].as_object().unwrap() {
            routes.extend(methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone())));
        }
    }
    // Layers for maps have a contract of their own, in the dialect that geographic clients read.
    routes.extend(layers::ogc::paths().map(|path| ("get".to_owned(), path.to_owned())));
    routes.retain(|(method, path)| {
        !TABLE.iter().any(|row| row.path == path && row.method.eq_ignore_ascii_case(method))
    });
    assert!(routes.is_empty(), "without a row in tests/all/access/table.rs: {routes:#?}");
}

#[test]
fn every_row_has_a_route_and_every_object_on_a_map_is_tried_confidential_too() {
    let contract: BTreeSet<String> = gladbeck::contract::parts()
        .into_iter()
        .flat_map(|part| part.paths.paths.into_keys())
        .chain(layers::ogc::paths().map(str::to_owned))
        .collect();
    for row in TABLE {
        assert!(contract.contains(row.path), "no route {}", row.path);
    }
    for path in layers::ogc::paths().filter(|path| path.contains("{feature}") || path.contains("{tile_")) {
        let tried = |on: On| TABLE.iter().any(|row| row.path == path && row.on == on);
        assert!(tried(On::Yard) && tried(On::House), "{path} is not tried on what is hidden");
    }
}
