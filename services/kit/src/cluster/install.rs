//! Finds the PostgreSQL server to run: the newest one that has PostGIS.

use std::path::{Path, PathBuf};

use super::ClusterError;

/// The oldest version that migrations are written for.
const OLDEST: u32 = 15;

/// An installed server.
#[derive(Clone, Debug)]
pub(super) struct Install {
    /// The folder of `postgres`, `pg_ctl`, `initdb` and so on.
    pub(super) programs: PathBuf,
}

impl Install {
    /// Finds the server that made `data`, or the newest one if there are no data yet.
    pub(super) fn find(data: &Path) -> Result<Self, ClusterError> {
        Self::find_under(Path::new("/usr"), data)
    }

    pub(super) fn find_under(root: &Path, data: &Path) -> Result<Self, ClusterError> {
        let servers = root.join("lib/postgresql");
        let installed = versions(&servers);
        let with_postgis = |version: &u32| {
            let extension = format!("share/postgresql/{version}/extension/postgis.control");
            root.join(extension).exists()
        };
        let usable: Vec<u32> = installed.iter().copied().filter(with_postgis).collect();

        let version = match made_by(data) {
            Some(made) => usable
                .iter()
                .copied()
                .find(|version| version.to_string() == made)
                .ok_or_else(|| ClusterError::OtherVersion { data: data.to_owned(), version: made })?,
            None => usable.iter().copied().max().ok_or_else(|| missing(&installed))?,
        };
        Ok(Self { programs: servers.join(version.to_string()).join("bin") })
    }
}

fn versions(servers: &Path) -> Vec<u32> {
    let Ok(entries) = std::fs::read_dir(servers) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| entry.path().join("bin/postgres").exists())
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|version| *version >= OLDEST)
        .collect()
}

fn made_by(data: &Path) -> Option<String> {
    std::fs::read_to_string(data.join("PG_VERSION")).ok().map(|text| text.trim().to_owned())
}

fn missing(installed: &[u32]) -> ClusterError {
    let package = match installed.iter().max() {
        Some(version) => format!("postgresql-{version}-postgis-3"),
        // Debian's name for the PostGIS of whichever server the release carries.
        None => "postgresql-postgis".to_owned(),
    };
    ClusterError::Missing { package }
}
