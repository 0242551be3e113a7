//! A city whose pack and whose base map a test chooses.

use std::fs;
use std::path::Path;

use axum::Router;
use http::StatusCode;
use kit::testing::{Answer, City, musterhausen};
use kit::transport::in_process;
use serde_json::Value;

use super::{Elsewhere, ORIGIN};
use crate::{Settings, Upstreams};

/// A city before a gateway; nothing but layers is behind it.
pub struct Town {
    /// The city.
    pub city: City,
    _pack: tempfile::TempDir,
}

impl Town {
    /// The city as it comes, before these routes of layers.
    pub async fn before(layers: Router) -> Self {
        Self::of("", layers).await
    }

    /// The city with more lines in `city.toml`: the first ones belong to `[map]`.
    pub async fn with(lines: &str) -> Self {
        Self::of(lines, nothing()).await
    }

    /// The city with a background: the style at `/city/style.json`, and all that lies beside it.
    pub async fn over(elsewhere: &Elsewhere) -> Self {
        Self::with(&format!("style_url = \"{}/city/style.json\"", elsewhere.origin())).await
    }

    async fn of(lines: &str, layers: Router) -> Self {
        let pack = tempfile::tempdir().unwrap();
        copy(&musterhausen(), pack.path());
        let file = pack.path().join("city.toml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains("zoom = 13\n"));
        fs::write(&file, text.replace("zoom = 13\n", &format!("zoom = 13\n{lines}\n"))).unwrap();
        let mut city = City::of_pack(pack.path(), &[]).await;
        let upstreams = Upstreams {
            accounts: in_process(nothing()),
            reports: in_process(nothing()),
            layers: in_process(layers),
            notify: in_process(nothing()),
        };
        city.serve(crate::router(city.app(crate::SERVICE), upstreams, Vec::new(), Settings::default()));
        Self { city, _pack: pack }
    }

    /// What a browser gets.
    pub async fn get(&self, path: &str) -> Answer {
        let host = ORIGIN.trim_start_matches("http://");
        self.city.anyone().with("host", host).get(path).await
    }

    /// JSON that a browser gets.
    pub async fn json(&self, path: &str) -> Value {
        self.get(path).await.assert_status(200).json()
    }
}

/// A service that has nothing.
fn nothing() -> Router {
    Router::new().fallback(async || StatusCode::NO_CONTENT)
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let (entry, target) = (entry.unwrap().path(), to);
        let target = target.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}
