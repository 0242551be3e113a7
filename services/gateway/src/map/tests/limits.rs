use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{Elsewhere, Scripted, Town};

/// The largest answer that is passed on.
const MOST: usize = 8 << 20;

/// Bytes as gzip.
pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

async fn town() -> (Elsewhere, Town) {
    let elsewhere = Elsewhere::start().await;
    let town = Town::over(&elsewhere).await;
    (elsewhere, town)
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_refused_packed_or_not() {
    let (elsewhere, town) = town().await;
    let bomb = packed(&vec![0; MOST + 1]);
    assert!(bomb.len() < MOST / 50);
    for (path, answer, expected) in [
        ("/city/fits", Scripted::tile(vec![1; MOST]), 200),
        ("/city/large", Scripted::tile(vec![1; MOST + 1]), 503),
        ("/city/endless", Scripted::tile(vec![1; 1 << 16]).endless(), 503),
        ("/city/bomb", Scripted::tile(bomb).header("content-encoding", "gzip"), 503),
    ] {
        elsewhere.answers(path, answer);
        let started = Instant::now();
        let answer = town.get(&elsewhere.through(path)).await;
        assert_eq!(answer.status, expected, "{path}");
        if expected == 503 {
            answer.assert_problem(503, "service-away");
        }
        assert!(
            started.elapsed() < Duration::from_secs(4),
            "{path} is refused for its size, not for its time"
        );
    }
}

/// Waits in real time: five seconds are the promise.
#[tokio::test]
async fn a_host_that_is_too_slow_is_given_up_before_the_reader_is() {
    let (elsewhere, town) = town().await;
    elsewhere.answers("/city/never", Scripted::tile("late").after(Duration::from_secs(60)));
    elsewhere.answers("/city/trickling", Scripted::tile("").trickling());
    let started = Instant::now();
    let (never, trickling) = (elsewhere.through("/city/never"), elsewhere.through("/city/trickling"));
    let (never, trickling) = tokio::join!(town.get(&never), town.get(&trickling));
    never.assert_problem(503, "service-away");
    trickling.assert_problem(503, "service-away");
    let took = started.elapsed();
    assert!((Duration::from_secs(5)..Duration::from_secs(8)).contains(&took), "{took:?}");
}

/// Many readers who want the same at once.
async fn many(town: &Town, path: &str) -> Vec<kit::testing::Answer> {
    let readers: Vec<_> = (0..40)
        .map(|_| {
            let (guest, path) = (town.city.anyone(), path.to_owned());
            tokio::spawn(async move { guest.get(path).await })
        })
        .collect();
    let mut answers = Vec::new();
    for reader in readers {
        answers.push(reader.await.unwrap());
    }
    answers
}

#[tokio::test]
async fn many_who_wait_for_the_same_cause_one_fetch() {
    let (elsewhere, town) = town().await;
    let slow = Duration::from_millis(300);
    elsewhere.answers("/city/tile", Scripted::tile("a tile").after(slow));
    for answer in many(&town, &elsewhere.through("/city/tile")).await {
        assert_eq!(answer.assert_status(200).text(), "a tile");
    }
    assert_eq!(elsewhere.asked().len(), 1);

    // They share a failure too, instead of failing one after the other; the next one asks anew.
    elsewhere.answers("/city/broken", Scripted::status(500).after(slow));
    let started = Instant::now();
    for answer in many(&town, &elsewhere.through("/city/broken")).await {
        answer.assert_problem(503, "service-away");
    }
    assert!(started.elapsed() < 4 * slow, "{:?}", started.elapsed());
    assert_eq!(elsewhere.asked().len(), 2);
    elsewhere.answers("/city/broken", Scripted::tile("well again"));
    town.get(&elsewhere.through("/city/broken")).await.assert_status(200);
}

#[tokio::test]
async fn when_the_first_of_them_leaves_the_others_still_get_it() {
    let (elsewhere, town) = town().await;
    elsewhere.answers("/city/tile", Scripted::tile("a tile").after(Duration::from_millis(400)));
    let path = elsewhere.through("/city/tile");
    let ask = || {
        let (guest, path) = (town.city.anyone(), path.clone());
        tokio::spawn(async move { guest.get(path).await })
    };
    let first = ask();
    while elsewhere.asked().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let second = ask();
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    assert_eq!(second.await.unwrap().assert_status(200).text(), "a tile");
    assert!(elsewhere.asked().len() <= 2);
}

#[tokio::test]
async fn other_hosts_are_not_asked_for_everything_at_once() {
    let (elsewhere, town) = town().await;
    let mut readers = Vec::new();
    for number in 0..60 {
        let path = format!("/city/tile/{number}");
        elsewhere.answers(&path, Scripted::tile("a tile").after(Duration::from_millis(200)));
        let (guest, path) = (town.city.anyone(), elsewhere.through(&path));
        readers.push(tokio::spawn(async move { guest.get(path).await }));
    }
    for reader in readers {
        reader.await.unwrap().assert_status(200);
    }
    let most = elsewhere.most_at_once();
    assert!((2..=24).contains(&most), "{most}");
}

#[tokio::test]
async fn what_is_kept_has_a_bound() {
    let (elsewhere, town) = town().await;
    let answers = 12;
    for number in 0..answers {
        elsewhere.answers(&format!("/city/{number}"), Scripted::tile(vec![number; MOST - 1024]));
        town.get(&elsewhere.through(&format!("/city/{number}"))).await.assert_status(200);
    }
    // Newest first, so that what is fetched anew takes nobody's room before it was looked at.
    for number in (0..answers).rev() {
        town.get(&elsewhere.through(&format!("/city/{number}"))).await.assert_status(200);
    }
    let again = elsewhere.asked().len() - usize::from(answers);
    assert!(
        again >= usize::from(answers) - 8,
        "64 MiB have room for eight, but only {again} were fetched anew"
    );
    assert!(again < usize::from(answers), "and something is kept");
}
