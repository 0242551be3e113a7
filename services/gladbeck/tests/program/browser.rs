//! The main job in a real browser: `tests/browser` drives Chromium against the running program.

use std::process::Command;

use kit::testing::workspace;

use crate::victim::Victim;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_resident_and_a_clerk_do_the_main_job_in_a_browser() {
    let folder = workspace().join("tests/browser");
    assert!(folder.join("node_modules").exists(), "`make test` installs what the browser journey needs");
    let mut city = Victim::start(&workspace().join("deploy/city/gladbeck"), 60).await;
    city.ready().await;
    let url = format!("http://localhost:{}", city.port());
    let journey = Command::new("node")
        // One file after the other: they share the city.
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .current_dir(&folder)
        .env("GLADBECK_URL", url)
        .output()
        .unwrap_or_else(|error| {
            panic!("node is needed for the browser journey (`make test` installs it): {error}")
        });
    let said = String::from_utf8_lossy(&journey.stdout);
    println!("{said}");
    assert!(journey.status.success(), "{said}\n{}", String::from_utf8_lossy(&journey.stderr));
    assert!(said.contains("pass ") && !said.contains("tests 0"), "the journey ran no test");
}
